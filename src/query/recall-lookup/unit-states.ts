import type { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import { matchedSql, type RecallMatch } from './matching-units'

/** In the order of a unit's life; also that of answers. */
export const DISPOSITIONS = [
  'WITH_MANUFACTURER',
  'IN_TRANSIT',
  'IN_FIELD',
  'RETURNED',
  'DECOMMISSIONED',
] as const
export type UnitDisposition = (typeof DISPOSITIONS)[number]

/**
 * Where each matched unit is at the end of block $1: the mirror, over facts, of the generated
 * column `device.disposition`, which knows only the present. A hand-off is open when nothing ended
 * it and the unit has not moved since. Needs a relation `matched` with `id` and `manufacturer_id`.
 *
 * The id of an event is its position as text, and is what the index on the events of a device is
 * ordered by: compared by height, the planner reads the events of all devices since a block.
 */
export const UNIT_STATES = `
  unit AS (
    SELECT matched.*, held.owner_id AS holder_id, handoff.receiver_id, handoff.started_at,
      CASE
        WHEN held.owner_id IS NULL AND last.number IS NOT NULL THEN 'DECOMMISSIONED'
        WHEN handoff.receiver_id IS NOT NULL THEN 'IN_TRANSIT'
        WHEN held.owner_id = matched.manufacturer_id AND last.number = 0 THEN 'WITH_MANUFACTURER'
        WHEN held.owner_id = matched.manufacturer_id THEN 'RETURNED'
        ELSE 'IN_FIELD'
      END AS disposition
    FROM matched
    LEFT JOIN LATERAL (
      SELECT number, owner_id, until_block > $1 IS NOT FALSE AS lasts,
        CASE WHEN until_block <= $1 THEN until_block ELSE block_height END AS moved_block,
        CASE WHEN until_block <= $1 THEN until_log_index ELSE log_index END AS moved_log_index
      FROM custody_period
      WHERE device_id = matched.id AND block_height <= $1
      ORDER BY number DESC LIMIT 1
    ) AS last ON true
    LEFT JOIN LATERAL (SELECT last.owner_id WHERE last.lasts) AS held ON true
    LEFT JOIN LATERAL (
      SELECT CASE WHEN event.kind = 'HANDOFF_STARTED' THEN event.counterparty_id END AS receiver_id,
        event."timestamp" AS started_at
      FROM device_event AS event
      WHERE event.device_id = matched.id
        AND event.kind IN ('HANDOFF_STARTED', 'HANDOFF_CONFIRMED', 'HANDOFF_CANCELLED')
        AND event.id > COALESCE(
          lpad(last.moved_block::text, 10, '0') || '-' || lpad(last.moved_log_index::text, 6, '0'),
          '')
        AND event.id < lpad(($1::int4 + 1)::text, 10, '0')
      ORDER BY event.id DESC LIMIT 1
    ) AS handoff ON true
  )`

/** The relations of a question about the units that a scope touches. */
export interface UnitsSql {
  /**
   * Ends in the relation `unit`: `id`, the identity, `holder_id`, `receiver_id` of an open
   * hand-off, `disposition`.
   */
  text: string
  /** Placeholder of the height of the answer; null at the head, where nothing lies after it. */
  block: string | null
}

/**
 * Where each unit that a scope touches is at the block of the answer. At the head the present is
 * read, which costs nothing beside the unit itself; else it is derived from the facts.
 *
 * @param parameters empty: the height is the first
 */
export function unitsSql(
  lookup: RecallLookup,
  match: RecallMatch,
  parameters: Parameters,
): UnitsSql {
  const block = lookup.asOf.isHead ? null : parameters.add(lookup.asOf.height)
  const matched = `matched AS (${matchedSql(lookup, match, parameters, block)})`
  return { text: `${matched}, ${block === null ? PRESENT_STATES : UNIT_STATES}`, block }
}

const PRESENT_STATES = `
  unit AS (
    SELECT matched.*, owner_id AS holder_id, in_transit_to_id AS receiver_id FROM matched
  )`
