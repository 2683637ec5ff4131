import type { Changes } from '../projection/draft'
import type { Slice, SliceKeys } from '../projection/slice'
import { loadIdentities } from './load-identities'
import { loadDevices, loadModels, loadOwners, loadRecalls } from './load-states'
import type { Sql } from './sql'

/**
 * What a batch can touch, with one read for each table, whatever the number of rows.
 *
 * @param pending the batch before, where it may not be written yet: it holds the last word on every
 *   row that it touched, so that whether the reads see it makes no difference
 */
export async function loadSlice(sql: Sql, keys: SliceKeys, pending?: Changes): Promise<Slice> {
  const devices = await overlaid(keys.devices, pending?.devices, (ids) => loadDevices(sql, ids))
  const holders = [...devices.values()].flatMap(({ ownerId }) => ownerId ?? [])
  const owners = new Set([...keys.owners, ...holders])
  const models = await overlaid(keys.models, pending?.models, (ids) => loadModels(sql, ids))
  return {
    devices,
    models,
    owners: await overlaid(owners, pending?.owners, (ids) => loadOwners(sql, ids)),
    recalls: await overlaid(keys.recalls, pending?.recalls, (ids) => loadRecalls(sql, ids)),
    identities: await loadIdentities(sql, keys, models, pending),
  }
}

/** Rows by id: those that are pending as they will be, the others as they are stored. */
async function overlaid<Id extends string, Row extends { readonly id: Id }>(
  ids: ReadonlySet<Id>,
  pending: ReadonlyMap<Id, Row> | undefined,
  load: (ids: Id[]) => Promise<Map<Id, Row>>,
): Promise<Map<Id, Row>> {
  const known = [...ids].flatMap((id) => pending?.get(id) ?? [])
  const rest = known.length === 0 ? [...ids] : [...ids].filter((id) => !pending?.has(id))
  const rows = rest.length === 0 ? new Map<Id, Row>() : await load(rest)
  for (const row of known) rows.set(row.id, row)
  return rows
}
