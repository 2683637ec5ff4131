import { because, type Finding, finding } from './finding'
import type { RecallBreach, RecallEvidence } from './recall-evidence'

/**
 * What a recall says of a unit. To go back to its manufacturer, or to whoever issued the recall, is
 * no breach but the recall being carried out; every other move is told, with its log.
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

function breachFinding(recall: RecallEvidence, breach: RecallBreach): Finding {
  const { kind, toName, toId } = breach
  const did = kind === 'SOLD' ? 'Sold' : 'Moved'
  const message = `${did} to ${toName ?? toId ?? 'nobody'} under recall ${recall.recallId}.`
  const code = `${kind}_WHILE_RECALLED`
  return isSuspicious(recall, breach)
    ? finding(code, message, { at: breach, asksFor: 'SUSPECT' })
    : finding(code, message, { at: breach })
}

/**
 * A recalled unit must not be sold, so a sale tells of a seller who cannot be trusted. Without a
 * sale it may move, and while the recall is open nobody knows whether it is on its way back: the
 * recall asks for the verdict. Once the recall is over, a unit that moved on has slipped away,
 * unless it was corrected where it was or came back all the same.
 */
function isSuspicious({ closed, resolution }: RecallEvidence, breach: RecallBreach): boolean {
  if (breach.kind === 'SOLD') return true
  return closed !== null && resolution !== 'CORRECTED' && !breach.cameBack
}
