import { callerError } from '../../domain/errors'
import { asOfFacts } from '../columns/answer-facts'
import { ownerColumns } from '../columns/entity-columns'
import { EXIT, VERDICT_EXIT } from '../exit-codes'
import {
  type Anomaly,
  CUSTODY_CHAIN,
  type CustodyChain,
  type CustodyPeriod,
} from '../questions/custody-chain'
import { VERIFY_DEVICE } from '../questions/verify-device'
import { number, type Report, seconds, sheet, text, time } from '../report/report'
import { type Style, writeReport } from '../report/write-report'
import type { AsOf } from '../server/pinned-block'
import type { Server } from '../server/server'
import { type Terminal, tell } from '../terminal'
import { candidateSheet } from './verify'

/**
 * Who held a unit, in order, and for how long.
 *
 * @param identifier anything that `verify` takes
 * @returns `findings` when the record of the unit has anomalies; for an identifier that no single
 *   device answers to, the exit code of the verdict
 */
export async function trace(
  server: Server,
  { identifier, asOf }: { identifier: string; asOf: AsOf },
  style: Style,
  terminal: Terminal,
): Promise<number> {
  const { verifyDevice } = await server.ask(VERIFY_DEVICE, { identifier, claims: null })
  const { verdict, device, candidates, parsed } = verifyDevice
  if (device === null) {
    await tell(terminal, `${verdict}: ${unresolved(verdict)}`)
    for (const problem of parsed.problems) await tell(terminal, `  ${problem}`)
    if (candidates.length > 0) {
      await writeReport(
        { parts: [candidateSheet(candidates)], main: 'candidates' },
        style,
        terminal,
      )
    }
    return VERDICT_EXIT[verdict]
  }
  const { custodyChain } = await server.ask(CUSTODY_CHAIN, { deviceId: device.id, asOf })
  await writeReport(chainReport(custodyChain), style, terminal)
  return custodyChain.anomalies.length > 0 ? EXIT.findings : EXIT.ok
}

function unresolved(verdict: string): string {
  if (verdict === 'AMBIGUOUS') return 'several devices answer to this; trace one by its device id.'
  if (verdict === 'UNKNOWN') return 'no device on record answers to this.'
  if (verdict === 'INVALID') return 'this cannot be read as an identifier.'
  throw callerError('SERVER_DIFFERENT', `The verdict is ${verdict}, without a device.`, '')
}

function chainReport({ asOf, device, periods, anomalies }: CustodyChain): Report {
  const facts = () => ({
    device: device.id,
    model: device.model?.name ?? null,
    serial: device.serial,
    lot: device.lot,
    expiresOn: device.expiresOn,
    dispositionNow: device.disposition,
    ...asOfFacts(asOf),
  })
  const periodColumns = [
    number<CustodyPeriod>('number', (period) => period.number),
    ...ownerColumns<CustodyPeriod>('holder', ({ owner }) => owner),
    text<CustodyPeriod>('startedBy', ({ startedBy }) => startedBy),
    time<CustodyPeriod>('since', ({ since }) => since),
    time<CustodyPeriod>('until', ({ until }) => until),
    seconds<CustodyPeriod>('held', (period) => heldSeconds(period, asOf.timestamp)),
    text<CustodyPeriod>('end', endOf),
    number<CustodyPeriod>('block', ({ blockHeight }) => blockHeight),
    text<CustodyPeriod>('txHash', ({ txHash }) => txHash),
  ]
  const anomalyColumns = [
    text<Anomaly>('code', ({ code }) => code),
    time<Anomaly>('at', ({ timestamp }) => timestamp),
    number<Anomaly>('block', ({ blockHeight }) => blockHeight),
    text<Anomaly>('message', ({ message }) => message),
    text<Anomaly>('txHash', ({ txHash }) => txHash),
  ]
  const parts = [
    { name: 'device', facts },
    sheet('custody', periodColumns, periods),
    sheet('anomalies', anomalyColumns, anomalies),
  ]
  return { parts, main: 'custody' }
}

/** A period that lasts is counted up to the block of the answer. */
function heldSeconds({ since, until }: CustodyPeriod, now: string): number {
  return Math.round((Date.parse(until ?? now) - Date.parse(since)) / 1000)
}

function endOf({ until, endedByBurn }: CustodyPeriod): string {
  if (until === null) return 'holds it'
  return endedByBurn ? 'decommissioned' : 'passed on'
}
