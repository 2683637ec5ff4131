import { because, type Finding, finding } from './finding'
import type { RecallBreach, RecallEvidence } from './recall-evidence'

/**
 * What a recall says of a unit. A unit that was sold or moved on under its recall is as genuine as
 * it was: the breach is told, with its log, and the recall itself asks for the verdict while it is
 * open. To go back to its manufacturer, or to whoever issued the recall, is no breach but the
 * recall being carried out.
 */
export function recallFindings(recall: RecallEvidence): Finding[] {
  return [stateFinding(recall), ...recall.breaches.map((breach) => breachFinding(recall, breach))]
}

function stateFinding(recall: RecallEvidence): Finding {
  const { recallId, reason, resolution, closed } = recall
  const what = `recall ${recallId}, class ${recall.class}${because(reason)}`
  if (closed !== null) {
    const state = resolution === null ? 'the unit was never accounted for' : resolvedAs(resolution)
    return finding('RECALL_CLOSED', `Was under ${what}; closed, ${state}.`, { at: closed })
  }
  const state = resolution === null ? 'not resolved yet' : resolvedAs(resolution)
  const message = `Under open ${what}; ${state}.`
  return finding('RECALL_OPEN', message, { at: recall, asksFor: 'RECALLED' })
}

function resolvedAs(resolution: string): string {
  return `resolved as ${resolution}`
}

function breachFinding({ recallId }: RecallEvidence, breach: RecallBreach): Finding {
  const to = breach.toName ?? breach.toId ?? 'nobody'
  return breach.kind === 'SOLD'
    ? finding('SOLD_WHILE_RECALLED', `Sold to ${to} under recall ${recallId}.`, { at: breach })
    : finding('MOVED_WHILE_RECALLED', `Moved to ${to} under recall ${recallId}.`, { at: breach })
}
