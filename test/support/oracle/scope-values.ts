import { plain } from './label'
import { numbersOf, rangeOf } from './scope-term'
import { type Asked, FIELDS, type Field, has, type TouchedUnit } from './touched-units'
import type { World } from './world'

export interface ScopeValueUnits {
  field: Field
  value: string
  units: number
  numbersNotOnRecord: bigint | null
}

/** What each usable value of the scope brought. */
export function expectedScopeValues(
  world: World,
  { asked, matchesNothing }: { asked: Asked; matchesNothing: boolean },
  touched: readonly TouchedUnit[],
): ScopeValueUnits[] {
  return FIELDS.flatMap((field) =>
    (asked[field] ?? []).map((value) => ({
      field,
      value,
      units: touched.filter(
        ({ unit, certain }) => certain && has(world, unit, field, value) === 'yes',
      ).length,
      numbersNotOnRecord: matchesNothing ? null : notOnRecord(field, value, touched),
    })),
  )
}

/** Numbers of a range that no unit has which nothing else excludes. */
function notOnRecord(field: Field, value: string, touched: readonly TouchedUnit[]): bigint | null {
  const range = field === 'lots' || field === 'serials' ? rangeOf(value) : null
  if (range === null) return null
  const labels = touched.flatMap(({ unit: { identity } }) => {
    const label = field === 'lots' ? identity?.lot : identity?.serial
    return label == null ? [] : [plain(label)]
  })
  return BigInt(numbersOf(range).filter((number) => !labels.includes(number)).length)
}
