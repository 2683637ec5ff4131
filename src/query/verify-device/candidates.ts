import type { LookupKey, ParsedIdentifier } from '../../domain/identifiers/identifier'
import { keysOf } from '../../domain/identifiers/lookup-keys'
import { udiDiKey } from '../../domain/identity-key'
import { type AnswerBlock, type AnswerRow, answerBlock, answerSql, pointOf } from '../as-of'
import { answersSql } from '../lookup-devices/answers'
import type { Sql } from '../sql'
import { EVIDENCE, type UnitEvidence } from './evidence'

/** More than any page shows; a bare serial such as "1" may answer for every model. */
export const CANDIDATES_MAX = 1_000
/** How many units of a lot or a model are listed: enough to see that it is no unit. */
export const GROUP_CANDIDATES_MAX = 100

/** A lot or a model that answers to an identifier. */
export interface GroupAnswer {
  by: 'LOT' | 'MODEL'
  /** Units of it on record. */
  count: number
}

export interface Candidates {
  /** All units that answer to a key of a unit. */
  count: number
  /** Units with the serial that the claimed UDI-DI excludes. */
  excluded: number
  /** What else the text may mean, or all that it means where no unit answers. */
  groups: GroupAnswer[]
  /**
   * The evidence on what answers, in token order: units, at most `CANDIDATES_MAX`; where none does,
   * units of the groups, at most `GROUP_CANDIDATES_MAX` of each.
   */
  units: UnitEvidence[]
}

const HEAD = pointOf(null)

/**
 * The units that answer to any of the keys, with the evidence on them and the head of the record:
 * one statement, for to ask for each apart takes longer than any of them.
 *
 * @param claimedUdiDi narrows what a bare serial finds. Where the record has no UDI-DI, a claimed
 *   one cannot exclude the unit.
 * @throws NOTHING_INDEXED no block was read yet
 */
export async function findCandidates(
  sql: Sql,
  keys: readonly LookupKey[],
  claimedUdiDi: string | null,
): Promise<{ asOf: AnswerBlock; candidates: Candidates }> {
  const { relations, parameters } = answersSql([{ row: 1, keys }], {
    firstParameter: 1,
    listed: GROUP_CANDIDATES_MAX,
  })
  const narrowed = claimedUdiDi !== null && keys.some(({ by }) => by === 'SERIAL')
  const found = narrowed ? narrowedBy(`$${parameters.length + 1}`) : 'SELECT * FROM unit_answer'
  const [row] = await sql<AnswerRow & Candidates>(
    `WITH ${answerSql(HEAD, 1)}, ${relations},
    found AS (
      SELECT DISTINCT id, contract, token_id FROM (${found}) AS answer
    ),
    listed AS (
      (SELECT id FROM found ORDER BY contract, token_id LIMIT ${CANDIDATES_MAX})
      UNION
      SELECT unnest(ids) FROM group_answer WHERE NOT EXISTS (SELECT FROM found)
    )
    SELECT answer.*, (SELECT count(*)::int FROM found) AS "count",
      (SELECT count(DISTINCT id)::int FROM unit_answer)
        - (SELECT count(*)::int FROM found) AS "excluded",
      (SELECT COALESCE(json_agg(json_build_object('by', by, 'count', count) ORDER BY by), '[]')
       FROM group_answer) AS "groups",
      (SELECT COALESCE(json_agg(evidence), '[]') FROM (${EVIDENCE}) AS evidence) AS "units"
    FROM answer`,
    narrowed ? [...parameters, udiDiKey(claimedUdiDi)] : parameters,
    'kept',
  )
  const asOf = answerBlock(HEAD, row)
  if (row === undefined) throw new TypeError('a block was answered without a row')
  const { count, excluded, groups, units } = row
  return { asOf, candidates: { count, excluded, groups, units } }
}

function narrowedBy(udiDi: string): string {
  return `
    SELECT answer.* FROM unit_answer AS answer JOIN device USING (id)
    LEFT JOIN device_model AS model ON model.id = device.model_id
    WHERE answer.by <> 'SERIAL' OR COALESCE(NULLIF(model.udi_di_key, ''), ${udiDi}) = ${udiDi}`
}

/**
 * The keys of an identifier, with what it lacks taken from the claims: UDI-DI or lot and a claimed
 * serial name one unit; a lot and a claimed UDI-DI name the lot of that model.
 */
export function completedKeys(
  { udiDi, serial, lot }: ParsedIdentifier,
  keys: readonly LookupKey[],
  claimed: { udiDi: string | null; serial: string | null },
): readonly LookupKey[] {
  const lacksSerial = serial === null && (udiDi ?? lot) !== null && keys.length > 0
  if (lacksSerial && claimed.serial !== null) {
    return keysOf({ udiDi: udiDi ?? claimed.udiDi, serial: claimed.serial })
  }
  if (claimed.udiDi === null) return keys
  const claimedUdiDi = udiDiKey(claimed.udiDi)
  return keys.map((key) =>
    key.by === 'LOT' ? { ...key, udiDiKey: key.udiDiKey ?? claimedUdiDi } : key,
  )
}
