import type { Sql } from '../../persistence/sql'
import type { CheckProgress, RuleResult } from '../difference'
import { checkBlocks } from './blocks'
import { nodeFailure } from './node-answers'
import { type ChainToAsk, checkOwners } from './owners'
import type { Pin } from './pin'
import type { Sample } from './sample'

/** What is compared with what. */
export interface Against {
  /** The snapshot in which the ledger is checked. */
  readonly snapshot: Sql
  /** The ledger as it goes on. */
  readonly now: Sql
  readonly toAsk: ChainToAsk
  readonly sample: Sample
  readonly pins: readonly Pin[]
  readonly progress: CheckProgress
}

const NONE = { checked: 0, count: 0, first: [] }
const NOTHING_INDEXED = 'The indexer has not read a block yet. Start it, or wait.'

/** The rules about the chain, and the block at which owners were compared. */
export async function compareWithChain(
  against: Against,
): Promise<{ results: RuleResult[]; pin: Pin | undefined }> {
  const blocks = await blocksOf(against)
  const { result, pin } = await ownersOf(against)
  return { results: [blocks, result], pin }
}

async function blocksOf({ snapshot, now, toAsk, sample, pins, progress }: Against) {
  const name = 'chain-blocks'
  const proves = 'The final blocks on record are blocks of the chain.'
  await progress(name)
  return timed(name, proves, async () => {
    if (pins.length === 0) return { ...NONE, unchecked: NOTHING_INDEXED }
    return checkBlocks(snapshot, now, toAsk.node, sample)
  })
}

async function ownersOf({ snapshot, toAsk, sample, pins, progress }: Against) {
  const name = 'chain-owners'
  const proves = 'Who holds a unit is what ownerOf of its contract says at the block.'
  const [size] = await snapshot<{ units: number }>('SELECT count(*)::int AS units FROM device')
  const units = size?.units ?? 0
  const all = sample.size === 'all' ? units : Math.min(sample.size, units)
  let pin: Pin | undefined
  const result = await timed(name, proves, async () => {
    const tell = (done: number) => progress(name, done, all)
    await tell(0)
    const found = await checkOwners(snapshot, toAsk, pins, sample, tell)
    pin = found?.pin
    return found ?? { ...NONE, unchecked: NOTHING_INDEXED }
  })
  return { result, pin }
}

/** A rule about the chain; a node that fails leaves it unchecked, and what was found stands. */
async function timed(
  name: string,
  proves: string,
  find: () => Promise<Omit<RuleResult, 'name' | 'proves' | 'seconds'>>,
): Promise<RuleResult> {
  const start = performance.now()
  const found = await find().catch((error: unknown) => {
    const failure = nodeFailure(error)
    if (failure === error) throw error
    return { ...NONE, unchecked: failure instanceof Error ? failure.message : String(failure) }
  })
  const { checked, count, first, unchecked } = found
  const seconds = (performance.now() - start) / 1000
  return { name, proves, checked, count, first, unchecked, seconds }
}
