import type { ChainNames } from './names'

/** Where a log lies in its block. */
export interface LogPlace {
  readonly logIndex: number
  readonly transactionIndex: number
}

/** What a log says, whoever emits it. */
export interface LogContent {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
}

/** The content as JSON without brackets: a part of the text of a log. */
export function contentText({ address, topics, data }: LogContent): string {
  return JSON.stringify({ address, topics, data }).slice(1, -1)
}

/** Writes logs of one block as `eth_getLogs` has them. */
export function logWriter(
  names: ChainNames,
  height: number,
): (place: LogPlace, content: string) => string {
  const hash = names.block(height)
  const ofBlock = `"blockNumber":"0x${height.toString(16)}","blockHash":"${hash}","removed":false,`
  return ({ logIndex, transactionIndex }, content) => {
    const index = `"logIndex":"0x${logIndex.toString(16)}",`
    const transaction = `"transactionIndex":"0x${transactionIndex.toString(16)}",`
    const transactionHash = names.transaction(hash, transactionIndex)
    return `{${index}${transaction}${ofBlock}"transactionHash":"${transactionHash}",${content}}`
  }
}
