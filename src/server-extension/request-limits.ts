import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  valueFromAST,
} from 'graphql'
import { getVariableValues } from 'graphql/execution/values'
import { FilterLimits } from './filter-limits'

/** Objects and lists that a query selects, fragments spread: each may be a subquery. */
const SELECTIONS_MAX = 300

/** What is asked, as far as its limits are concerned. */
export interface AskedOperation {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Readonly<Record<string, unknown>>
}

/**
 * What of an operation is more than one request may ask for, in words for the caller; undefined
 * where all is well. The operation must be valid; what cannot be coerced is left to its execution.
 */
export function requestProblem({ schema, document, operation, variables }: AskedOperation) {
  const root = schema.getQueryType()
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], {
    ...variables,
  })
  if (root == null || coerced === undefined) return undefined
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  )
  return new Walk(schema, fragments, coerced).problem(operation.selectionSet, root, '')
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>
type Composite = Pick<GraphQLObjectType, 'getFields'>

class Walk {
  private readonly filters = new FilterLimits()
  private selections = 0

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: Fragments,
    private readonly variables: Record<string, unknown>,
  ) {}

  problem({ selections }: SelectionSetNode, type: Composite, path: string): string | undefined {
    for (const selection of selections) {
      const problem =
        selection.kind === Kind.FIELD
          ? this.fieldProblem(selection, type, path)
          : this.spreadProblem(selection, type, path)
      if (problem !== undefined) return problem
    }
    return undefined
  }

  private spreadProblem(
    selection: Exclude<SelectionSetNode['selections'][number], FieldNode>,
    type: Composite,
    path: string,
  ): string | undefined {
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(selection.name.value) : selection
    if (fragment === undefined) return undefined
    const on = fragment.typeCondition && typeFromAST(this.schema, fragment.typeCondition)
    const inner = isObjectType(on) || isInterfaceType(on) ? on : type
    // Fragments that spread each other multiply like lists.
    return this.tooMany(path) ?? this.problem(fragment.selectionSet, inner, path)
  }

  private fieldProblem(node: FieldNode, type: Composite, path: string): string | undefined {
    const field = type.getFields()[node.name.value]
    // Introspection (__schema, __type) reads no table.
    if (field === undefined) return undefined
    const place = path === '' ? node.name.value : `${path}.${node.name.value}`
    const where = field.args.find(({ name }) => name === 'where')
    const given = node.arguments?.find(({ name }) => name.value === 'where')
    if (where !== undefined && given !== undefined) {
      const value = valueFromAST(given.value, where.type, this.variables)
      const problem = this.filters.problem(`${place}(where)`, where.type, value)
      if (problem !== undefined) return problem
    }
    if (node.selectionSet === undefined) return undefined
    const inner = getNamedType(field.type)
    const within = isObjectType(inner) || isInterfaceType(inner) ? inner : NO_FIELDS
    return this.tooMany(place) ?? this.problem(node.selectionSet, within, place)
  }

  private tooMany(path: string): string | undefined {
    this.selections += 1
    if (this.selections <= SELECTIONS_MAX) return undefined
    const what = `The query selects more than ${SELECTIONS_MAX} objects and lists`
    return `${what}, which ${path} is beyond; ask in several requests.`
  }
}

const NO_FIELDS: Composite = { getFields: () => ({}) }
