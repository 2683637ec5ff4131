import type { LookupKey } from '../../domain/identifiers/identifier'
import { udiDiKey } from '../../domain/identity-key'
import type { Sql } from '../sql'

/** More than any page shows; a bare serial such as "1" may answer for every model. */
export const CANDIDATES_MAX = 1_000

export interface Candidates {
  /** In token order, at most `CANDIDATES_MAX`. */
  deviceIds: string[]
  /** All that answer. */
  count: number
  /** Units with the serial that the claimed UDI-DI excludes. */
  excluded: number
}

// An identity key is `{UDI-DI}|{serial}`, made at the mint; a model submitted later has one too.
// Where the record has no UDI-DI, a claimed one cannot exclude the unit.
const CANDIDATES = `
  WITH found AS (
    SELECT id FROM device WHERE id = ANY($1::text[])
    UNION SELECT id FROM device WHERE identity_key = ANY($2::text[])
    UNION SELECT device.id FROM device JOIN device_model AS model ON model.id = model_id
      WHERE identity_key IS NULL AND serial_key = ANY($5::text[])
        AND model.udi_di_key <> '' AND model.udi_di_key || '|' || serial_key = ANY($2::text[])
    UNION SELECT device.id FROM device LEFT JOIN device_model AS model ON model.id = model_id
      WHERE serial_key = ANY($3::text[])
        AND ($4::text IS NULL OR COALESCE(NULLIF(model.udi_di_key, ''), $4) = $4)
  )
  SELECT count(*)::int AS "count",
    (SELECT count(*)::int FROM device
     WHERE $4::text IS NOT NULL AND serial_key = ANY($3::text[])
       AND id NOT IN (SELECT id FROM found)) AS "excluded",
    ARRAY(SELECT id FROM device JOIN found USING (id)
          ORDER BY contract, token_id LIMIT ${CANDIDATES_MAX}) AS "deviceIds"
  FROM found`

/**
 * The devices that answer to any of the keys.
 *
 * @param claimedUdiDi narrows what a bare serial finds
 */
export async function findCandidates(
  sql: Sql,
  keys: readonly LookupKey[],
  claimedUdiDi: string | null,
): Promise<Candidates> {
  const [found] = await sql<Candidates>(CANDIDATES, [
    keys.flatMap((key) => (key.by === 'DEVICE_ID' ? [key.deviceId] : [])),
    keys.flatMap((key) => (key.by === 'IDENTITY' ? [key.identityKey] : [])),
    keys.flatMap((key) => (key.by === 'SERIAL' ? [key.serialKey] : [])),
    claimedUdiDi === null ? null : udiDiKey(claimedUdiDi),
    keys.flatMap((key) => (key.by === 'IDENTITY' ? [serialOf(key.identityKey)] : [])),
  ])
  return found ?? { deviceIds: [], count: 0, excluded: 0 }
}

function serialOf(identityKey: string): string {
  return identityKey.slice(identityKey.indexOf('|') + 1)
}
