import { RpcFault } from '../../test/faults/node-answers'
import { allLogs, ownLog, type PlacedLog, placedLogWriter } from './block-logs'
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
 * The answer to `eth_getLogs` for a range, as JSON in parts.
 *
 * @throws RpcFault -32602 range too wide, or no filter; -32005 too many logs
 */
export async function logsOf(
  chain: Chain,
  asked: unknown,
  range: HeightRange,
  { logsMax, blocksMax }: LogLimits,
): Promise<readonly (Buffer | string)[]> {
  if (range.to - range.from >= blocksMax) {
    throw new RpcFault(-32_602, `block range too large, max ${blocksMax} blocks`)
  }
  const filter = readLogFilter(asked, chain.topics)
  const requireFew = (logs: number) => {
    if (logs > logsMax) throw new RpcFault(-32_005, `query returned more than ${logsMax} results`)
  }
  if (filter.ours === 'all' && !filter.others) return storedLogs(chain, range, requireFew)
  const texts: string[] = []
  for await (const { height, own } of candidates(chain, filter, range)) {
    const logs = filter.others ? allLogs(chain, height, own) : own
    const write = placedLogWriter(chain, height)
    for (const log of logs) if (filter.takes(log)) texts.push(write(log))
    requireFew(texts.length)
  }
  return [`[${texts.join(',')}]`]
}

/** What indexers ask for: a stretch of the file as it is, at hardly any processor time. */
async function storedLogs(
  chain: Chain,
  { from, to }: HeightRange,
  requireFew: (logs: number) => void,
): Promise<(Buffer | string)[]> {
  const [start, end] = [chain.positionFrom(from), chain.positionFrom(to + 1)]
  let logs = 0
  for (let position = start; position < end; position++) logs += chain.logsAt(position)
  requireFew(logs)
  return ['[', await chain.logBytes(start, end), ']']
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
    const stored = await chain.logTexts(start, Math.min(end, start + PORTION))
    for (const [n, texts] of stored.entries()) {
      const at = chain.heightAt(start + n)
      if (others) for (; height < at; height++) yield { height, own: [] }
      yield { height: at, own: texts.map(ownLog) }
      height = at + 1
    }
  }
  if (others) for (; height <= to; height++) yield { height, own: [] }
}
