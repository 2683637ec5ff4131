import type { Derivation } from '../../persistence/derivation'

/** Fields of a row beside what they should be, both SQL expressions. */
export type Expected = Readonly<Record<string, readonly [recorded: string, expected: string]>>

/**
 * A row for each field that is not what it should be.
 *
 * @param from the FROM clause, with everything that the expressions name
 * @param subject expression of the id that is told
 */
export function compared(from: string, subject: string, fields: Expected): string {
  const pairs = Object.entries(fields)
  // Rows that agree, nearly all of them, are gone before they are taken apart.
  const differs = pairs.map(([, [recorded, expected]]) => {
    return `(${recorded}) IS DISTINCT FROM (${expected})`
  })
  const values = pairs.map(([field, [recorded, expected]]) => {
    return `('${field}', (${recorded})::text, (${expected})::text)`
  })
  return `SELECT ${subject} AS subject, field, recorded, expected
    FROM ${from}
    CROSS JOIN LATERAL (VALUES ${values.join(', ')}) AS told(field, recorded, expected)
    WHERE (${differs.join(' OR ')}) AND recorded IS DISTINCT FROM expected`
}

/** Columns beside what the facts make of them. */
export function derived({ table, row, joins, columns }: Derivation): string {
  const fields = Object.entries(columns).map(([column, expression]) => {
    return [column, [`${row}.${column}`, expression]] as const
  })
  return compared(`${table} ${row} ${joins}`, `${row}.id`, Object.fromEntries(fields))
}
