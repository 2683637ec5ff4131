import { textKey, udiDiKey } from '../../domain/identity-key'
import { inPages } from '../cursor'
import { Differences } from '../difference'
import type { Rule } from './rule'

const PAGE = 5_000

/** Texts with the keys by which they are found. */
export const KEYED: readonly {
  table: string
  text: string
  key: string
  keyOf: (text: string) => string
}[] = [
  { table: 'device', text: 'serial', key: 'serial_key', keyOf: textKey },
  { table: 'device', text: 'lot', key: 'lot_key', keyOf: textKey },
  { table: 'recall_scope', text: 'value', key: 'value_key', keyOf: textKey },
  { table: 'device_model', text: 'udi_di', key: 'udi_di_key', keyOf: udiDiKey },
]

/**
 * Rows whose key PostgreSQL cannot vouch for. Only the program knows how texts of all scripts
 * become keys; of plain ASCII both say the same, and those are nearly all.
 */
function doubtful({ table, text, key, keyOf }: (typeof KEYED)[number]): string {
  const column = `(${text} COLLATE "C")`
  const isPlain = keyOf === textKey ? `${column} ~ '^[ -~]*$'` : 'FALSE'
  return `SELECT id, ${text} AS text, ${key} AS key FROM ${table}
    WHERE NOT COALESCE(${isPlain} AND ${key} = upper(btrim(${column}, ' ')),
      ${text} IS NULL AND ${key} IS NULL)`
}

interface Keyed {
  id: string
  text: string | null
  key: string | null
}

/** A unit under a wrong key is not found, whatever is asked. */
export const TEXT_KEYS: Rule = {
  name: 'text-keys',
  proves: 'Serials, lots, UDI-DIs and scope values are found by the keys of their texts.',
  async find(sql) {
    const found = new Differences()
    for (const keyed of KEYED) {
      for await (const rows of inPages<Keyed>(sql, doubtful(keyed), PAGE)) {
        for (const { id, text, key } of rows) {
          const expected = text === null ? null : keyed.keyOf(text)
          if (key !== expected) {
            found.add({ subject: id, field: keyed.key, recorded: key, expected })
          }
        }
      }
    }
    const counts = KEYED.map(({ table }) => `(SELECT count(*) FROM ${table})`).join(' + ')
    const [size] = await sql<{ checked: number }>(`SELECT (${counts})::int AS checked`)
    return { checked: size?.checked ?? 0, count: found.count, first: found.first }
  },
}
