import { PACEMAKER, PUMP } from './catalogue'
import { calls, type RESOLUTION } from './contract-calls'
import type { PartyKey } from './parties'
import { range, type ScriptWriter } from './script-writer'

/** Number of the closed recall: class II, one lot of pumps. */
export const CLOSED_RECALL = 1n
/** Number of the open recall: class I, two lots of pacemakers and two serials without a lot. */
export const OPEN_RECALL = 2n
/** The lots that the open recall names. */
export const RECALLED_LOTS: readonly string[] = ['PDR-2502', 'PDR-2503']

/** July to October 2025: a recall that was closed, one that is open, and units taken out of use. */
export function writeRecalls(writer: ScriptWriter): void {
  closedRecall(writer)
  openRecall(writer)
  looseEnds(writer)
}

// Lot T3-0125A: tokens 101 to 130, all accounted for.
function closedRecall(writer: ScriptWriter): void {
  const scope = { wholeModel: false, lots: ['T3-0125A'], serials: [] }
  const reason = 'Air-in-line alarm may stay silent below 5 °C'
  writer
    .at('2025-07-01T08:00:00Z')
    .add(calls.issueRecall('nordlicht', BigInt(PUMP), 'II', scope, reason))
  writer.at('2025-07-08T08:00:00Z').giveBack(range(101, 108), 'nordlicht', 'Recall of lot T3-0125A')
  resolve(
    writer,
    CLOSED_RECALL,
    'nordlicht',
    range(101, 108),
    'returned',
    'Board replaced at the factory',
  )
  writer.at('2025-07-15T08:00:00Z')
  resolve(
    writer,
    CLOSED_RECALL,
    'nordlicht',
    range(109, 128),
    'corrected',
    'Firmware 3.2.1 installed on site',
  )
  writer.at('2025-07-22T08:00:00Z').decommission([129], 'Destroyed after the recall')
  resolve(
    writer,
    CLOSED_RECALL,
    'nordlicht',
    [129],
    'destroyed',
    'Certificate of destruction 25-0119',
  )
  resolve(writer, CLOSED_RECALL, 'nordlicht', [130], 'notFound', 'Three letters without an answer')
  writer.at('2025-08-15T08:00:00Z').add(calls.closeRecall('nordlicht', CLOSED_RECALL))
}

// Tokens 26 to 75, and 76 and 77 by serial.
function openRecall(writer: ScriptWriter): void {
  const scope = { wholeModel: false, lots: [...RECALLED_LOTS], serials: [] }
  const reason = 'Header bond may fail and end pacing without warning'
  const issue = calls.issueRecall('helvetic', BigInt(PACEMAKER), 'I', scope, reason)
  writer.at('2025-09-08T06:00:00Z').add(issue)
  const found = { wholeModel: false, lots: [], serials: ['PDR250076', 'PDR250077'] }
  writer.at('2025-09-15T06:00:00Z').add(calls.addRecallScope('helvetic', OPEN_RECALL, found))
  writer.at('2025-09-16T12:00:00Z')
  for (const token of [...range(26, 33), ...range(41, 44)]) {
    resolve(writer, OPEN_RECALL, writer.holder(token), [token], 'acknowledged', 'Quarantined')
  }
  writer.at('2025-09-22T09:00:00Z').giveBack(range(45, 52), 'helvetic', 'Class I recall')
  resolve(writer, OPEN_RECALL, 'helvetic', range(45, 52), 'returned', 'Received and quarantined')
  writer.at('2025-09-29T09:00:00Z').decommission([53, 54], 'Explanted, sent to analysis')
  resolve(writer, OPEN_RECALL, 'helvetic', [53, 54], 'destroyed', 'Header sectioned for analysis')
  resolve(writer, OPEN_RECALL, 'helvetic', [55], 'notFound', 'Patient moved abroad')
  // Goods that come back are in transit at the end of the script.
  writer.at('2025-10-06T09:00:00Z').send(range(56, 60), 'helvetic')
}

function looseEnds(writer: ScriptWriter): void {
  writer.at('2025-10-08T09:00:00Z').send([186, 187, 188, 189], 'brigid')
  writer.at('2025-10-09T09:00:00Z').callOff([188, 189])
  writer.at('2025-10-10T09:00:00Z').send([226, 227], 'oceanway').send([265], 'kronos')
  writer.at('2025-10-13T09:00:00Z').decommission([140, 141, 142], 'End of service life')
  writer.at('2025-10-14T09:00:00Z').decommission([250], 'Crushed in a stack collapse')
}

function resolve(
  writer: ScriptWriter,
  recall: bigint,
  by: PartyKey,
  tokens: readonly number[],
  resolution: keyof typeof RESOLUTION,
  note: string,
): void {
  for (const token of tokens) {
    writer.add(calls.resolveRecalledUnit(by, recall, BigInt(token), resolution, note))
  }
}
