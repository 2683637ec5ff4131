import { RpcFault } from '../../test/faults/node-answers'
import { allLogs, logWriter, ownLogs, type PlacedLog } from './block-logs'
import type { Chain } from './chain'
import { type LogFilter, readLogFilter } from './log-filter'

/** Blocks of ours that are in memory at once. */
const PORTION = 500

/** Bounds that providers set; reached, they refuse with the errors that providers give. */
export interface LogLimits {
  /** Most logs in an answer. */
  readonly logsMax: number
  /** Widest range. */
  readonly blocksMax: number
}

/** Heights from and to, both included. */
export interface HeightRange {
  readonly from: number
  readonly to: number
}

/**
 * The answer to `eth_getLogs` for a range, as JSON.
 *
 * @throws RpcFault -32602 range too wide, or no filter; -32005 too many logs
 */
export async function logsOf(
  chain: Chain,
  asked: unknown,
  range: HeightRange,
  { logsMax, blocksMax }: LogLimits,
): Promise<string> {
  if (range.to - range.from >= blocksMax) {
    throw new RpcFault(-32_602, `block range too large, max ${blocksMax} blocks`)
  }
  const texts: string[] = []
  const filter = readLogFilter(asked, chain.topics)
  for await (const { height, own } of candidates(chain, filter, range)) {
    const logs = filter.others ? allLogs(chain, height, own) : own
    const write = logWriter(chain, height)
    for (const log of logs) if (filter.takes(log)) texts.push(write(log))
    if (texts.length > logsMax) {
      throw new RpcFault(-32_005, `query returned more than ${logsMax} results`)
    }
  }
  return `[${texts.join(',')}]`
}

/** Blocks that can have a log that the filter takes, with the logs of ours in them. */
async function* candidates(
  chain: Chain,
  { ours, others }: LogFilter,
  { from, to }: HeightRange,
): AsyncGenerator<{ height: number; own: PlacedLog[] }> {
  const end = chain.positionFrom(to + 1)
  let height = from
  // Where others lie between ours, ours must be known to tell the places of the others.
  const first = ours === 'none' && !others ? end : chain.positionFrom(from)
  for (let start = first; start < end; start += PORTION) {
    const texts = await chain.texts(start, Math.min(end, start + PORTION))
    for (const [n, text] of texts.entries()) {
      const at = chain.heightAt(start + n)
      if (others) for (; height < at; height++) yield { height, own: [] }
      yield { height: at, own: ownLogs(text) }
      height = at + 1
    }
  }
  if (others) for (; height <= to; height++) yield { height, own: [] }
}
