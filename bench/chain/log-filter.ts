import { RpcFault } from '../../test/faults/node-answers'
import { CONTRACT } from '../ledger/raw-batches'
import { type PlacedLog, topicsOf } from './block-logs'
import { FOREIGN_LOGS } from './build/foreign'

type Topics = readonly (ReadonlySet<string> | undefined)[]

/** Which logs `eth_getLogs` is asked for, without the blocks. */
export interface LogFilter {
  /** Whether it takes some logs of ours, all of them, or none. */
  readonly ours: 'some' | 'all' | 'none'
  /** Whether it takes any log of others. */
  readonly others: boolean
  takes(log: PlacedLog): boolean
}

/**
 * Reads `address` and `topics` of a filter.
 *
 * @param ownTopics every first topic that a log of ours has
 * @throws RpcFault -32602
 */
export function readLogFilter(asked: unknown, ownTopics: readonly string[]): LogFilter {
  const { address, topics: askedTopics } = Object(asked)
  const addresses = setOf(address)
  const topics = readTopics(askedTopics)
  const takes = (of: string, have: readonly string[]) =>
    (addresses?.has(of) ?? true) &&
    topics.length <= have.length &&
    topics.every((wanted, n) => wanted?.has(have[n] ?? '') ?? true)
  const foreign = FOREIGN_LOGS.map((log) => takes(log.address, log.topics))
  const ours = oursOf(addresses, topics, ownTopics)
  return {
    ours,
    others: foreign.includes(true),
    takes(log) {
      if (log.foreign !== undefined) return foreign[log.foreign] === true
      return ours === 'some' ? takes(CONTRACT, topicsOf(log)) : ours === 'all'
    },
  }
}

function oursOf(
  addresses: ReadonlySet<string> | undefined,
  topics: Topics,
  ownTopics: readonly string[],
): LogFilter['ours'] {
  const [kinds, ...others] = topics
  if (addresses?.has(CONTRACT) === false) return 'none'
  if (kinds !== undefined && !ownTopics.some((topic) => kinds.has(topic))) return 'none'
  const anyKind = kinds === undefined || ownTopics.every((topic) => kinds.has(topic))
  return anyKind && others.length === 0 ? 'all' : 'some'
}

function readTopics(asked: unknown): Topics {
  if (asked === undefined || asked === null) return []
  if (!Array.isArray(asked)) throw invalid(`topics ${JSON.stringify(asked)} are no list`)
  return asked.map(setOf)
}

/** One value or several; undefined where any will do, as an empty list does in nodes. */
function setOf(asked: unknown): ReadonlySet<string> | undefined {
  if (asked === undefined || asked === null) return undefined
  const values: unknown[] = Array.isArray(asked) ? asked : [asked]
  const hex = values.map((value) => {
    if (typeof value === 'string' && /^0x[0-9a-f]+$/i.test(value)) return value.toLowerCase()
    throw invalid(`${JSON.stringify(value)} is neither an address nor a topic`)
  })
  return hex.length === 0 ? undefined : new Set(hex)
}

function invalid(what: string): RpcFault {
  return new RpcFault(-32_602, `invalid filter: ${what}`)
}
