import { RECALL_OVERVIEW, type RecallOverview } from '../questions/recall-lookup'
import type { PinnedBlock } from '../server/pinned-block'
import type { Server } from '../server/server'
import type { Scope, ScopeGroup } from './scope-file'

/** One scope of a recall, with its number from 1, and what the record says of it. */
export interface AskedGroup {
  readonly group: number
  readonly scope: Scope
  readonly overview: RecallOverview
}

/** Asks about each scope, all at one block. */
export async function askGroups(
  server: Server,
  groups: readonly ScopeGroup[],
  pinned: PinnedBlock,
): Promise<AskedGroup[]> {
  const asked: AskedGroup[] = []
  for (const [n, { scope }] of groups.entries()) {
    const variables = { scope, asOf: pinned.asOf }
    const { recallLookup: overview } = await server.ask(RECALL_OVERVIEW, variables)
    pinned.check(overview.asOf)
    asked.push({ group: n + 1, scope, overview })
  }
  return asked
}
