import type { RawBlock, RawLog } from '../../src/decoding/raw-log'
import { encodeLog } from './encode-log'

/** A contract to put logs under; its name is what ids begin with. */
export const CONTRACTS = new Map([
  ['0x00000000000000000000000000000000000000c1', 'one'],
  ['0x00000000000000000000000000000000000000c2', 'two'],
])
export const [ONE, TWO] = [...CONTRACTS.keys()] as [string, string]

/** An event in the words of the ABI. */
export interface LogSpec {
  contract: string
  event: string
  args: Record<string, unknown>
}

/** A block of a scripted chain. Its hash is readable: height and branch, such as 0x0007b. */
export interface ScriptedBlock extends RawBlock {
  parentHash: string
}

export const GENESIS: ScriptedBlock = scriptedBlock(0, 'a', '0x', [])

/** Blocks come every 12 s from 2026-01-01 on, two of them with the same timestamp now and then. */
export function scriptedBlock(
  height: number,
  branch: string,
  parentHash: string,
  specs: readonly LogSpec[],
): ScriptedBlock {
  const hash = `0x${String(height).padStart(4, '0')}${branch}`
  const timestamp = Date.UTC(2026, 0, 1) + (height - (height % 7 === 0 ? 1 : 0)) * 12_000
  // Logs of other contracts stand between ours, so indexes have gaps.
  const logs = specs.map(
    (spec, index): RawLog => ({
      address: spec.contract,
      ...encodeLog(spec.event, spec.args),
      logIndex: index * 2,
      transactionHash: `0x${String(height).padStart(4, '0')}${branch}tx${index}`,
    }),
  )
  return { height, hash, parentHash, timestamp, logs }
}
