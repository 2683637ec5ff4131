import { blockFacts } from '../columns/answer-facts'
import { EXIT } from '../exit-codes'
import { RECALL_BLOCK } from '../questions/recall-lookup'
import { consigneeSheet } from '../recall/consignee-rows'
import { findingsOf } from '../recall/findings'
import { lotSheet, totalsSheet, unmatchedSheet, valueSheet } from '../recall/group-sheets'
import type { ScopeFile } from '../recall/scope-file'
import { type AskedGroup, askGroups } from '../recall/scope-groups'
import { unitSheet } from '../recall/unit-rows'
import type { Report } from '../report/report'
import { visible } from '../report/visible-text'
import { type Style, writeReport } from '../report/write-report'
import { type AsOf, PinnedBlock } from '../server/pinned-block'
import type { Server } from '../server/server'
import { type Terminal, tell } from '../terminal'

export const RECALL_VIEWS = ['summary', 'consignees', 'units', 'unmatched'] as const
export type RecallView = (typeof RECALL_VIEWS)[number]

/** Consignees of each group that a summary shows. */
const FIRST_CONSIGNEES = 20

/**
 * Which units do these scopes touch, and who has or had them? All scopes and all pages are answered
 * at one block.
 *
 * @returns `findings` when a value matched nothing, units cannot be excluded, or part of a notice
 *   is
 *   not dealt with
 */
export async function recall(
  server: Server,
  { file, asOf, view }: { file: ScopeFile; asOf: AsOf; view: RecallView },
  style: Style,
  terminal: Terminal,
): Promise<number> {
  const pinned = await PinnedBlock.at(asOf, async () => {
    const [first] = file.scopes
    return (await server.ask(RECALL_BLOCK, { scope: first?.scope })).recallLookup.asOf
  })
  const groups = await askGroups(server, file.scopes, pinned)
  const findings = findingsOf(groups, file)
  for (const finding of findings) await tell(terminal, visible(finding))
  await writeReport(reportOf(view, server, groups, pinned), style, terminal)
  return findings.length > 0 ? EXIT.findings : EXIT.ok
}

function reportOf(
  view: RecallView,
  server: Server,
  groups: readonly AskedGroup[],
  pinned: PinnedBlock,
): Report {
  const begin = [blockFacts(() => pinned.block), totalsSheet(groups)]
  const unmatched = unmatchedSheet(groups)
  switch (view) {
    case 'summary': {
      const first = consigneeSheet(server, groups, pinned, FIRST_CONSIGNEES)
      const consignees = { ...first, name: 'firstConsignees' }
      const parts = [...begin, valueSheet(groups), lotSheet(groups), unmatched, consignees]
      return { parts, main: 'totals' }
    }
    case 'consignees': {
      const parts = [...begin, unmatched, consigneeSheet(server, groups, pinned)]
      return { parts, main: 'consignees' }
    }
    case 'units':
      return { parts: [...begin, unmatched, unitSheet(server, groups, pinned)], main: 'units' }
    case 'unmatched':
      return { parts: [...begin, unmatched], main: 'unmatched' }
  }
}
