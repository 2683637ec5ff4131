import { identityKey } from '../domain/identity-key'
import type { LogRef } from '../domain/position'
import type { Changes } from '../projection/draft'
import type { SliceKeys } from '../projection/slice'
import type { ModelState } from '../projection/state'
import type { Identity } from '../projection/unit-record'
import type { Sql } from './sql'

/**
 * The first device of each identity that the batch states, by identity key.
 *
 * @param models those of the batch, as they are when it begins
 * @param pending the batch before, where it may not be written yet
 */
export async function loadIdentities(
  sql: Sql,
  { units, submissions }: SliceKeys,
  models: ReadonlyMap<string, ModelState>,
  pending: Changes | undefined,
): Promise<Map<string, string>> {
  // The first submission of a model counts, in the past or here.
  const udiDis = new Map<string, string>()
  for (const { modelId, udiDi } of [...submissions].reverse()) udiDis.set(modelId, udiDi)
  for (const { id, udiDi } of models.values()) if (udiDi !== null) udiDis.set(id, udiDi)
  const keys = new Set(
    units.flatMap(({ modelId, serial }) => {
      const udiDi = udiDis.get(modelId)
      return udiDi === undefined ? [] : [identityKey(udiDi, serial)]
    }),
  )
  if (keys.size === 0) return new Map()
  const told = [...(pending?.identified ?? [])]
  const stored = await sql<Claim>(
    `SELECT DISTINCT ON (identity_key) identity_key AS "key", id,
       identity_block AS "height", identity_log_index AS "logIndex" FROM device
     WHERE identity_key = ANY($1::text[])
     ORDER BY identity_key, identity_block, identity_log_index`,
    [[...keys]],
  )
  return firstOfEach([...stored, ...told.flatMap(claimOf)].filter(({ key }) => keys.has(key)))
}

/** A device that states an identity, with the position of the log that states it. */
interface Claim extends Pick<LogRef, 'height' | 'logIndex'> {
  key: string
  id: string
}

function claimOf([id, { identityKey: key, at }]: readonly [string, Identity]): Claim[] {
  return key === null ? [] : [{ key, id, height: at.height, logIndex: at.logIndex }]
}

function firstOfEach(claims: readonly Claim[]): Map<string, string> {
  const latestFirst = claims.toSorted((a, b) => b.height - a.height || b.logIndex - a.logIndex)
  return new Map(latestFirst.map(({ key, id }) => [key, id]))
}
