import { FOREIGN_LOGS, foreignAt } from './build/foreign'
import { contentText, type LogPlace, logWriter } from './build/log-text'
import type { Chain } from './chain'

/** A log in its place in a block. */
export interface PlacedLog extends LogPlace {
  /** Which of `FOREIGN_LOGS`; undefined for a log of ours. */
  readonly foreign: number | undefined
  /** The whole log for one of ours, its content for one of others, whose places are computed. */
  readonly json: string
}

const FOREIGN_CONTENTS = FOREIGN_LOGS.map(contentText)
const PLACE = /"logIndex":"(0x[0-9a-f]+)","transactionIndex":"(0x[0-9a-f]+)"/

/** A log of ours out of its stored text: cut, not parsed, which is fast. */
export function ownLog(json: string): PlacedLog {
  const [, logIndex, transactionIndex] = PLACE.exec(json) ?? []
  return {
    logIndex: Number(logIndex),
    transactionIndex: Number(transactionIndex),
    foreign: undefined,
    json,
  }
}

/** All logs of a block in order: those of others fill the places between ours. */
export function allLogs(chain: Chain, height: number, own: readonly PlacedLog[]): PlacedLog[] {
  const foreignLogs = chain.foreignLogsIn(height)
  const logs: PlacedLog[] = []
  let transactionIndex = -1
  for (let [n, taken] = [0, 0]; n < foreignLogs || taken < own.length; ) {
    const ours = own[taken]
    if (ours !== undefined && ours.logIndex === logs.length) {
      logs.push(ours)
      transactionIndex = ours.transactionIndex
      taken++
    } else {
      const foreign = foreignAt(height, n)
      const json = FOREIGN_CONTENTS[foreign] ?? ''
      transactionIndex++
      logs.push({ logIndex: logs.length, transactionIndex, foreign, json })
      n++
    }
  }
  return logs
}

/** Writes logs of one block as `eth_getLogs` has them. */
export function placedLogWriter(chain: Chain, height: number): (log: PlacedLog) => string {
  const write = logWriter(chain.names, height)
  return (log) => (log.foreign === undefined ? log.json : write(log, log.json))
}

/** The address that emitted it. */
export function addressOf({ json }: PlacedLog): string {
  const start = json.indexOf('"address":"') + '"address":"'.length
  return json.slice(start, start + 42)
}

export function topicsOf({ json }: PlacedLog): string[] {
  const start = json.indexOf('"topics":[') + '"topics":['.length
  return json.slice(start + 1, json.indexOf(']', start) - 1).split('","')
}
