import type { LogSpec } from '../support/chain'
import { MAKER, minted, moved, NOBODY } from '../support/story'
import type { RawScriptedLog } from './scripted-chain'

/** What one hostile block must leave behind. */
export interface HostileCase {
  /** Its logs; `t` is a token id that no other case uses, with room for ten more after it. */
  logs: (t: bigint) => (LogSpec | RawScriptedLog)[]
  /** Puts them into one transaction. */
  oneTransaction?: true
  /** The time of the block in seconds, from that of its parent. */
  timestamp?: (parent: bigint) => bigint
  /** The anomalies in order: code, and the device by its distance from `t`. */
  anomalies: [code: string, device: number | null][]
  /** What the reasons say. */
  reason?: RegExp
  /** Rows of `device` by distance from `t`, as far as they matter. */
  devices?: Record<number, Record<string, unknown>>
}

export const HUGE = 2n ** 256n - 1n
/** One log that cannot be read, and of which no device is known. */
export const UNREADABLE: HostileCase['anomalies'] = [['UNREADABLE_LOG', null]]

/** The second log of a mint alone, which states the identity. */
export function identity(t: bigint, given: Record<string, unknown> = {}): LogSpec {
  const [, stated] = minted(t, given)
  if (stated === undefined) throw new Error('a mint has two logs')
  return stated
}

/** The first log of a mint alone. */
export const born = (t: bigint) => moved(t, NOBODY, MAKER)
