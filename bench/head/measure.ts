import { setTimeout as sleep } from 'node:timers/promises'
import { DeviceTrailError } from '../../src/domain/errors'
import type { BenchServer } from '../ledger/bench-database'
import { BenchChain, type SeenBlock } from './bench-chain'
import { EVENTS_OF_BLOCK, FIRST_FULL } from './block-plan'
import type { HeadContender, OpenHeadContender } from './contender'
import { EffectWatch } from './effect-watch'
import { KeptConnection } from './kept-connection'

const BLOCK_MS = 1_000
const FINALITY_BLOCKS = 10
/** Finality has to be on the move, and the programs warm, before it counts. */
const WARM_UP_BLOCKS = FIRST_FULL + FINALITY_BLOCKS + 6
const WARM_UP_BLOCK_MS = 250
const SHOWN_WITHIN_MS = 60_000

/** What became of a block. */
export interface Delay {
  readonly height: number
  /** From being visible at the node to being visible in GraphQL. */
  readonly ms: number
  /** What the node took to mine it and tell of it. */
  readonly minedInMs: number
}

/** One contender, once, on a chain and a database of its own. */
export interface Measured {
  readonly contender: Pick<HeadContender, 'name' | 'way' | 'bar'>
  readonly delays: readonly Delay[]
  /** Questions that GraphQL was asked in that time. */
  readonly asked: number
}

/**
 * Mines a block a second and waits for the effect of each.
 *
 * @param blocks that count
 * @throws DeviceTrailError BENCH_BLOCK_NOT_SHOWN, BENCH_CONTENT_INCOMPLETE, BENCH_CHILD_FAILED,
 *   BENCH_API_REFUSED, BENCH_CHAIN_REFUSED
 */
export function measure(
  server: Pick<BenchServer, 'withDatabase'>,
  contender: HeadContender,
  blocks: number,
): Promise<Measured> {
  return server.withDatabase(async (databaseUrl) => {
    const chain = await BenchChain.start()
    let opened: OpenHeadContender | undefined
    try {
      const chainUrl = contender.way === 'ws' ? chain.wsUrl : chain.httpUrl
      const { contracts } = chain
      const setting = { chainUrl, contracts, finalityBlocks: FINALITY_BLOCKS, databaseUrl }
      opened = await contender.open(setting)
      return await follow(chain, opened, contender, blocks)
    } finally {
      await opened?.close()
      await chain.stop()
    }
  })
}

async function follow(
  chain: BenchChain,
  { graphqlUrl, children }: OpenHeadContender,
  contender: HeadContender,
  blocks: number,
): Promise<Measured> {
  const watch = new EffectWatch(graphqlUrl, contender.status)
  try {
    await watch.ready()
    await mineEvery(WARM_UP_BLOCK_MS, WARM_UP_BLOCKS, chain, () => undefined)
    watch.expect(chain.head)
    await watch.all(SHOWN_WITHIN_MS)
    const before = watch.asked
    const seen = await mineEvery(BLOCK_MS, blocks, chain, (height) => watch.expect(height))
    const shown = await watch.all(SHOWN_WITHIN_MS)
    const asked = watch.asked - before
    await requireComplete(graphqlUrl, seen)
    const delays = seen.map(({ height, at, minedInMs }) => {
      return { height, ms: (shown.get(height) ?? Number.NaN) - at, minedInMs }
    })
    const { name, way, bar } = contender
    return { contender: { name, way, ...(bar !== undefined && { bar }) }, delays, asked }
  } catch (error) {
    // What ended says more than the question that it left without an answer.
    for (const child of children) child.requireAlive()
    throw error
  } finally {
    watch.close()
  }
}

/** @param ahead is told the height of each block before it is mined */
async function mineEvery(
  ms: number,
  count: number,
  chain: BenchChain,
  ahead: (height: number) => void,
): Promise<SeenBlock[]> {
  const start = performance.now()
  const seen: SeenBlock[] = []
  for (let i = 0; i < count; i++) {
    await sleep(Math.max(0, start + i * ms - performance.now()))
    ahead(chain.head + 1)
    seen.push(await chain.mine())
    await chain.fillNext()
  }
  return seen
}

/** A short time says nothing where a part of a block is missing. */
async function requireComplete(graphqlUrl: string, blocks: readonly SeenBlock[]): Promise<void> {
  const heights = blocks.map(({ height }) => height)
  const where = `blockHeight_gte: ${Math.min(...heights)}, blockHeight_lte: ${Math.max(...heights)}`
  // A move is a period of custody, any other log an event.
  const counts = ['custodyPeriods', 'deviceEvents'].map((kind) => {
    return `${kind}: ${kind}Connection(orderBy: id_ASC, where: { ${where} }) { totalCount }`
  })
  const connection = new KeptConnection(graphqlUrl)
  const query = `{ ${counts.join(' ')} }`
  const { data } = Object(await connection.post({ query }).finally(() => connection.close()))
  const found = data?.custodyPeriods.totalCount + data?.deviceEvents.totalCount
  const expected = heights.length * EVENTS_OF_BLOCK
  if (found === expected) return
  throw new DeviceTrailError({
    code: 'BENCH_CONTENT_INCOMPLETE',
    remedy: 'human',
    what: `${graphqlUrl} shows ${found} moves and events where ${expected} were sent.`,
    todo: 'Find out which are missing: the measured times are worthless.',
  })
}
