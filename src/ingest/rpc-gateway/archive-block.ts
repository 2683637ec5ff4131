import { DeviceTrailError } from '../../domain/errors'
import type { ArchiveRequest } from './archive-request'
import type { NodeHeader, NodeLog } from './final-blocks'

/** A block as the gateway protocol carries it. */
export interface ArchiveBlock {
  header: { number: number; hash: string; parentHash: string } & Record<string, unknown>
  logs: Record<string, unknown>[]
}

/** Header fields that the protocol carries as numbers; all others are text as nodes give it. */
const NUMBERS: ReadonlySet<string> = new Set(['timestamp', 'size', 'l1BlockNumber'])

/** Which fields are wanted beside those that every answer has. */
export interface WantedFields {
  block: readonly string[]
  log: readonly string[]
}

export function wantedFields({ fields }: ArchiveRequest): WantedFields {
  const names = (of: unknown) =>
    typeof of === 'object' && of !== null
      ? Object.entries(of).flatMap(([name, wanted]) => (wanted === true ? [name] : []))
      : []
  const given: { block?: unknown; log?: unknown } =
    typeof fields === 'object' && fields !== null ? fields : {}
  return { block: names(given.block), log: names(given.log) }
}

/**
 * Puts headers and logs together, in chain order.
 *
 * @param headers of every block with a log, and of the last one of the stretch
 * @throws DeviceTrailError NODE_INCONSISTENT a log is of another block than the header, or two
 *   headers in a row do not link
 */
export function archiveBlocks(
  headers: readonly NodeHeader[],
  logs: readonly NodeLog[],
  wanted: WantedFields,
): ArchiveBlock[] {
  const ordered = headers.toSorted((a, b) => Number(a.number) - Number(b.number))
  const blocks = new Map<number, ArchiveBlock>()
  let before: NodeHeader | undefined
  for (const header of ordered) {
    const number = Number(header.number)
    const follows = before !== undefined && Number(before.number) === number - 1
    if (follows && before?.hash !== header.parentHash) {
      throw inconsistent(`block ${number} does not follow block ${number - 1} (${before?.hash})`)
    }
    blocks.set(number, { header: headerOf(header, wanted.block), logs: [] })
    before = header
  }
  for (const log of inOrder(logs)) {
    const number = Number(log.blockNumber)
    const block = blocks.get(number)
    if (block?.header.hash !== log.blockHash) {
      const told = `${block?.header.hash} by its header and ${log.blockHash} by its logs`
      throw inconsistent(`the hash of block ${number} is ${told}`)
    }
    block.logs.push(logOf(log, wanted.log))
  }
  return [...blocks.values()]
}

function headerOf(header: NodeHeader, fields: readonly string[]): ArchiveBlock['header'] {
  const { number, hash, parentHash } = header
  const wanted = fields.flatMap((name) => {
    const value = header[name]
    if (value === undefined || value === null) return []
    // The protocol knows whole numbers up to 2^53; a header can hold a time beyond.
    const number = () => Math.min(Number(value), Number.MAX_SAFE_INTEGER)
    return [[name, NUMBERS.has(name) ? number() : value]]
  })
  return { number: Number(number), hash, parentHash, ...Object.fromEntries(wanted) }
}

function logOf(log: NodeLog, fields: readonly string[]): Record<string, unknown> {
  const own: Record<string, unknown> = {
    logIndex: Number(log.logIndex),
    transactionIndex: Number(log.transactionIndex),
  }
  for (const name of fields)
    if (name in log && !(name in own)) own[name] = log[name as keyof NodeLog]
  return own
}

/** By block and index; a log that two filters found comes once. */
function inOrder(logs: readonly NodeLog[]): NodeLog[] {
  const places = new Map<number, NodeLog>()
  for (const log of logs) {
    // A block has fewer logs than a million: its gas could not pay for more.
    const place = Number(log.blockNumber) * 1_000_000 + Number(log.logIndex)
    const same = places.get(place)
    if (same !== undefined && same.transactionHash !== log.transactionHash) {
      const at = `${Number(log.logIndex)} of block ${Number(log.blockNumber)}`
      throw inconsistent(`two logs have index ${at}`)
    }
    places.set(place, log)
  }
  return [...places].sort(([a], [b]) => a - b).map(([, log]) => log)
}

/** The source contradicts itself: another try may not. */
function inconsistent(what: string): DeviceTrailError {
  return new DeviceTrailError({
    code: 'NODE_INCONSISTENT',
    remedy: 'retry',
    what: `The node contradicts itself: ${what}.`,
    todo: 'It is asked again. If that goes on, use another node.',
  })
}
