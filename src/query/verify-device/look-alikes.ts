import type { LookupKey } from '../../domain/identifiers/identifier'
import { lookAlikes } from '../recall-lookup/similar-keys'
import type { Sql } from '../sql'

interface Asked {
  serial: string
  udiDi: string | null
}

/** Hints of one answer. */
const SHOWN_MAX = 5

/**
 * Serials on record that look like one which is not: O for 0, I for 1, other leading zeros. Of the
 * same UDI-DI, where the identifier has one, for a serial of another maker is no misreading. Hints
 * for a person, never matches.
 *
 * @param keys of an identifier that nothing answers to
 * @returns as they are written on record, likeliest first, at most `SHOWN_MAX`
 */
export async function lookAlikeSerials(sql: Sql, keys: readonly LookupKey[]): Promise<string[]> {
  const [asked] = keys.flatMap((key): Asked[] => {
    if (key.by === 'SERIAL') return [{ serial: key.serialKey, udiDi: null }]
    if (key.by !== 'IDENTITY') return []
    const bar = key.identityKey.indexOf('|')
    return [{ serial: key.identityKey.slice(bar + 1), udiDi: key.identityKey.slice(0, bar) }]
  })
  const similar = asked === undefined ? [] : lookAlikes(asked.serial)
  if (asked === undefined || similar.length === 0) return []
  const rows = await sql<{ serial: string }>(
    `SELECT unit.serial FROM unnest($1::text[]) WITH ORDINALITY AS given(key, place)
    CROSS JOIN LATERAL (
      SELECT device.serial FROM device LEFT JOIN device_model AS model ON model.id = model_id
      WHERE serial_key = given.key AND ($2::text IS NULL OR model.udi_di_key = $2) LIMIT 1
    ) AS unit ORDER BY given.place LIMIT ${SHOWN_MAX}`,
    [similar, asked.udiDi],
  )
  return rows.map(({ serial }) => serial)
}
