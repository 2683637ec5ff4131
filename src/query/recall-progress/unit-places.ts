import { UNIT_STATES } from '../recall-lookup/unit-states'
import type { RecallProgress } from '../recall-progress'
import { DEVICE_OF_MEMBER } from './recalled-units'

/**
 * SQL of the relation `unit`: units of the recall, each with `id`, `manufacturer_id`, `holder_id`,
 * `receiver_id` of an open hand-off and `disposition` at the block of the answer. At the head the
 * device itself knows them; else they are derived from the facts.
 *
 * @param members name of the relation with the units, of the columns of `MEMBERS`
 */
export function unitPlaces({ asOf }: RecallProgress, members: string): string {
  if (asOf.isHead) {
    return `
  unit AS (
    SELECT member.*, device.id, device.manufacturer_id, device.owner_id AS holder_id,
      device.in_transit_to_id AS receiver_id, device.disposition
    FROM ${members} AS member ${DEVICE_OF_MEMBER}
  )`
  }
  return `
  matched AS (
    SELECT member.*, device.id, device.manufacturer_id
    FROM ${members} AS member ${DEVICE_OF_MEMBER}
  ), ${UNIT_STATES}`
}
