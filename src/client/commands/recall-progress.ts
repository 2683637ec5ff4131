import { asOfFacts } from '../columns/answer-facts'
import { ownerColumns } from '../columns/entity-columns'
import { EXIT } from '../exit-codes'
import {
  CONSIGNEE_PROGRESS,
  type ConsigneeProgress,
  PROGRESS_BLOCK,
  RECALL_PROGRESS,
  type RecallProgress,
} from '../questions/recall-progress'
import { unaccountedSheet } from '../recall/unaccounted-rows'
import {
  type Facts,
  number,
  type Report,
  type Sheet,
  sheet,
  shortInstant,
  text,
  time,
} from '../report/report'
import { visible } from '../report/visible-text'
import { type Style, writeReport } from '../report/write-report'
import { allPages, PAGE_SIZE } from '../server/pages'
import { type AsOf, PinnedBlock } from '../server/pinned-block'
import type { Server } from '../server/server'
import { type Terminal, tell } from '../terminal'

/** What of an issued recall is listed: its consignees, or the units that are not reconciled. */
export type ProgressView = 'summary' | 'units'

/**
 * How an issued recall is going: what was reconciled, consignee by consignee, 21 CFR 7.53(b), or
 * which units are not.
 *
 * @returns `findings` while units are unaccounted, or when a move broke the recall
 */
export async function recallProgress(
  server: Server,
  { recallId, asOf, view }: { recallId: string; asOf: AsOf; view: ProgressView },
  style: Style,
  terminal: Terminal,
): Promise<number> {
  const pinned = await PinnedBlock.at(asOf, async () => {
    return (await server.ask(PROGRESS_BLOCK, { recallId })).recallProgress.asOf
  })
  const question = { recallId, asOf: pinned.asOf }
  const { recallProgress: progress } = await server.ask(RECALL_PROGRESS, question)
  pinned.check(progress.asOf)
  const findings = findingsOf(progress)
  for (const finding of findings) await tell(terminal, visible(finding))
  const rows =
    view === 'units'
      ? unaccountedSheet(server, recallId, pinned)
      : consigneeSheet(server, recallId, pinned)
  const report: Report = {
    parts: [
      progressFacts(progress, pinned),
      sheet('resolutions', RESOLUTION_COLUMNS, progress.byResolution),
      rows,
    ],
    main: rows.name,
  }
  await writeReport(report, style, terminal)
  return findings.length > 0 ? EXIT.findings : EXIT.ok
}

function consigneeSheet(server: Server, recallId: string, pinned: PinnedBlock): Sheet {
  const pages = allPages(async (after) => {
    const variables = { recallId, asOf: pinned.asOf, first: PAGE_SIZE, after }
    const { recallProgress: answer } = await server.ask(CONSIGNEE_PROGRESS, variables)
    pinned.check(answer.asOf)
    return { nodes: answer.consignees.nodes, ...answer.consignees.pageInfo }
  })
  return sheet('consignees', CONSIGNEE_COLUMNS, pages)
}

function findingsOf({ unaccounted, breaches, scopesWithoutEffect }: RecallProgress): string[] {
  return [
    unaccounted > 0 ? `UNACCOUNTED: ${unaccounted} units` : '',
    breaches.totalCount > 0 ? `MOVED ALTHOUGH RECALLED: ${breaches.totalCount} times` : '',
    scopesWithoutEffect > 0
      ? `WITHOUT EFFECT: ${scopesWithoutEffect} values that the recall names; units may be missing`
      : '',
  ].filter((finding) => finding !== '')
}

function progressFacts(progress: RecallProgress, pinned: PinnedBlock): Facts {
  const facts = () => ({
    recall: progress.recall.id,
    recallClass: progress.recall.class,
    reason: progress.recall.reason,
    model: progress.recall.model?.name ?? null,
    udiDi: progress.recall.model?.udiDi ?? null,
    status: progress.status,
    issuedAt: shortInstant(progress.issuedAt),
    closedAt: shortInstant(progress.closedAt),
    units: progress.units,
    distributed: progress.distributed,
    reconciled: progress.reconciled,
    unaccounted: progress.unaccounted,
    percentReconciled: progress.percentReconciled,
    consignees: progress.consigneesTotal,
    consigneesResponded: progress.consigneesResponded,
    consigneesCompleted: progress.consigneesCompleted,
    movesAgainstRecall: progress.breaches.totalCount,
    ...asOfFacts(pinned.block),
  })
  return { name: 'progress', facts }
}

type ResolutionCount = RecallProgress['byResolution'][number]

const RESOLUTION_COLUMNS = [
  text<ResolutionCount>('resolution', ({ resolution }) => resolution ?? 'nothing reported'),
  number<ResolutionCount>('units', ({ count }) => count),
]

const CONSIGNEE_COLUMNS = [
  ...ownerColumns<ConsigneeProgress>('consignee', ({ owner }) => owner),
  number<ConsigneeProgress>('unitsReceived', ({ unitsReceived }) => unitsReceived),
  number<ConsigneeProgress>('unitsHeld', ({ unitsHeld }) => unitsHeld),
  number<ConsigneeProgress>('unitsToFetch', ({ unitsHeldUnaccounted }) => unitsHeldUnaccounted),
  number<ConsigneeProgress>('reconciled', ({ reconciled }) => reconciled),
  number<ConsigneeProgress>('unaccounted', ({ unaccounted }) => unaccounted),
  number<ConsigneeProgress>('percentReconciled', ({ percentReconciled }) => percentReconciled),
  text<ConsigneeProgress>('responded', ({ responded }) => (responded ? 'yes' : 'no')),
  time<ConsigneeProgress>('firstReceivedAt', ({ firstReceivedAt }) => firstReceivedAt),
  time<ConsigneeProgress>('lastReceivedAt', ({ lastReceivedAt }) => lastReceivedAt),
  time<ConsigneeProgress>('lastRespondedAt', ({ lastRespondedAt }) => lastRespondedAt),
]
