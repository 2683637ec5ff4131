import { FOREIGN_LOGS, foreignAt } from './build/foreign'
import type { Chain } from './chain'

/** A log in its place in a block, its text not yet in the form of JSON-RPC. */
export interface PlacedLog {
  readonly logIndex: number
  readonly transactionIndex: number
  /** Which of `FOREIGN_LOGS`; undefined for a log of ours. */
  readonly foreign: number | undefined
  /** The fields `transactionHash` (of ours only), `address`, `topics` and `data`, as in JSON. */
  readonly fields: string
}

const FOREIGN_FIELDS = FOREIGN_LOGS.map(({ address, topics, data }) =>
  JSON.stringify({ address, topics, data }).slice(1, -1),
)
const LOGS = '"logs":['
const BETWEEN_LOGS = '},{'
const PLACE = /"logIndex":(\d+),"transactionIndex":(\d+),/

/** The logs of ours, out of the stored text of their block: cut, not parsed, which is fast. */
export function ownLogs(blockText: string): PlacedLog[] {
  const first = blockText.indexOf(LOGS) + LOGS.length + 1
  return blockText
    .slice(first, -3)
    .split(BETWEEN_LOGS)
    .map((text) => {
      const [place = '', logIndex, transactionIndex] = PLACE.exec(text) ?? []
      return {
        logIndex: Number(logIndex),
        transactionIndex: Number(transactionIndex),
        foreign: undefined,
        fields: text.slice(place.length),
      }
    })
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
      transactionIndex++
      const fields = FOREIGN_FIELDS[foreign] ?? ''
      logs.push({ logIndex: logs.length, transactionIndex, foreign, fields })
      n++
    }
  }
  return logs
}

/** Writes logs of one block as `eth_getLogs` has them. */
export function logWriter(chain: Chain, height: number): (log: PlacedLog) => string {
  const hash = chain.names.block(height)
  const ofBlock = `"blockNumber":"0x${height.toString(16)}","blockHash":"${hash}","removed":false,`
  return ({ logIndex, transactionIndex, foreign, fields }) => {
    const index = `"logIndex":"0x${logIndex.toString(16)}",`
    const transaction = `"transactionIndex":"0x${transactionIndex.toString(16)}",`
    const transactionHash =
      foreign === undefined
        ? ''
        : `"transactionHash":"${chain.names.transaction(hash, transactionIndex)}",`
    return `{${index}${transaction}${ofBlock}${transactionHash}${fields}}`
  }
}
