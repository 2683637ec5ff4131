import {
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
} from 'graphql'

/** Values of one list in a filter; as many as `lookupDevices` takes. */
export const FILTER_VALUES_MAX = 10_000
/** Values of all filters of a request: PostgreSQL takes 65,535 parameters in one statement. */
const ALL_VALUES_MAX = 50_000
/** Steps to related rows within a filter: each may multiply the rows that are read. */
export const RELATION_STEPS_MAX = 3
/** Such steps in all filters of a request. */
const ALL_STEPS_MAX = 30

/**
 * Weighs the filters (`where`) of one request. openreader makes a parameter of each value and a
 * subquery of each step to a related row, and bounds neither.
 */
export class FilterLimits {
  private values = 0
  private steps = 0

  /**
   * What is too much, with the place in the filter; undefined where all is well.
   *
   * @param path of the filter, for the message
   * @param value of the argument, coerced
   */
  problem(path: string, type: GraphQLInputType, value: unknown, depth = 0): string | undefined {
    if (Array.isArray(value)) return this.listProblem(path, type, value, depth)
    const filter = getNamedType(type)
    if (!isInputObjectType(filter) || typeof value !== 'object' || value === null) {
      return this.count()
    }
    const fields = filter.getFields()
    for (const [key, inner] of Object.entries(value)) {
      const field = fields[key]
      if (field === undefined) continue
      const isStep = isInputObjectType(getNamedType(field.type)) && key !== 'AND' && key !== 'OR'
      const problem =
        (isStep ? this.stepProblem(`${path}.${key}`, depth + 1) : undefined) ??
        this.problem(`${path}.${key}`, field.type, inner, isStep ? depth + 1 : depth)
      if (problem !== undefined) return problem
    }
    return undefined
  }

  private listProblem(path: string, type: GraphQLInputType, list: unknown[], depth: number) {
    if (list.length > FILTER_VALUES_MAX) {
      const what = `${path} has ${list.length} values, but at most ${FILTER_VALUES_MAX} are taken`
      return `${what}; ask in several parts.`
    }
    const nullable = getNullableType(type)
    const one = isListType(nullable) ? nullable.ofType : type
    for (const item of list) {
      const problem = this.problem(path, one, item, depth)
      if (problem !== undefined) return problem
    }
    return undefined
  }

  private stepProblem(path: string, depth: number): string | undefined {
    this.steps += 1
    const todo = 'ask for the related rows first, and filter by their ids.'
    if (depth > RELATION_STEPS_MAX) {
      const most = `at most ${RELATION_STEPS_MAX} are followed`
      return `${path} is the relation number ${depth} of its filter, but ${most}; ${todo}`
    }
    if (this.steps <= ALL_STEPS_MAX) return undefined
    const most = `the filters of a request follow at most ${ALL_STEPS_MAX}`
    return `${path} is one relation too many: ${most}; ${todo}`
  }

  private count(): string | undefined {
    this.values += 1
    if (this.values <= ALL_VALUES_MAX) return undefined
    const what = `The filters of the request hold more than ${ALL_VALUES_MAX} values in all`
    return `${what}; ask in several requests.`
  }
}
