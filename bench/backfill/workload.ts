import { buildChain } from '../chain/build/build-chain'
import { type ChainShape, lastEventHeight } from '../chain/build/shape'
import { progressLine } from '../chain/command'
import { type ServedChain, serveChain } from '../chain/serve'
import { CONTRACT } from '../ledger/raw-batches'
import { serverCpuSeconds } from '../ledger/server-cpu'

/** Where the indexers that can ask both a gateway and a node get the history from. */
export type Source = 'gateway' | 'rpc'

/** Of every node that the bench starts: no network of that id is treated specially by anybody. */
export const CHAIN_ID = 31_337
/** Blocks behind the head that every contender takes as final, as far as it can be told. */
export const FINALITY_BLOCKS = 64
/** The first block that a contender has to look at. */
export const START_BLOCK = 1
/** The followed contract as CONTRACTS of the environment names it. */
export const CONTRACTS = `dev=${CONTRACT}@${START_BLOCK}`

/** The first blocks of a history, for contenders that would take hours for all of it. */
export interface Slice {
  readonly blocks: number
  /** Logs of ours within them. */
  readonly events: number
}

/** A chain that is served, and what an indexer has to get out of it. */
export interface Workload {
  readonly source: Source
  readonly shape: ChainShape
  /** Logs of ours. */
  readonly events: number
  /** Blocks over which they are spread. */
  readonly blocks: number
  /** The last block with a log of ours: who has its row has all rows. */
  readonly lastHeight: number
  /** Undefined where the slow ones read all of it, too. */
  readonly slice: Slice | undefined
  readonly nodeUrl: string
  /** Undefined where the source is the node alone. */
  readonly gatewayUrl: string | undefined
  /** Processor time of the process that serves the chain so far; NaN where unknown. */
  sourceCpuSeconds(): number
}

/** What a workload is made from. */
export interface WorkloadOptions {
  readonly source: Source
  readonly shape: ChainShape
  /** Wait of the node before each answer, in milliseconds. */
  readonly latencyMs: number
  /** Blocks of the slice for the slow ones. */
  readonly sliceBlocks: number
}

/** Builds a chain, or finds it built, serves it from another process to `use`, and stops that. */
export async function withWorkload<T>(
  options: WorkloadOptions,
  use: (workload: Workload) => Promise<T>,
): Promise<T> {
  const { source, shape, latencyMs } = options
  const extent = await extentOf(options)
  const served = await serveChain({
    shape,
    node: { latencyMs, chainId: CHAIN_ID, finalityBlocks: FINALITY_BLOCKS },
    ...(source === 'gateway' && { gateway: { finalityBlocks: FINALITY_BLOCKS } }),
  })
  try {
    return await use({
      source,
      shape,
      events: shape.events,
      ...extent,
      nodeUrl: urlOf(served, 'nodeUrl'),
      gatewayUrl: source === 'gateway' ? urlOf(served, 'gatewayUrl') : undefined,
      sourceCpuSeconds: () => serverCpuSeconds(served.pid),
    })
  } finally {
    await served.stop()
  }
}

async function extentOf({ shape, sliceBlocks }: WorkloadOptions) {
  const chain = await buildChain({ shape, progress: progressLine() })
  try {
    const blocks = lastEventHeight(shape)
    const lastHeight = chain.heightAt(chain.eventBlocks - 1)
    if (sliceBlocks >= blocks) return { blocks, lastHeight, slice: undefined }
    const end = chain.positionFrom(sliceBlocks + 1)
    let events = 0
    for (let position = 0; position < end; position++) events += chain.logsAt(position)
    return { blocks, lastHeight, slice: { blocks: sliceBlocks, events } }
  } finally {
    await chain.close()
  }
}

function urlOf(served: ServedChain, name: 'nodeUrl' | 'gatewayUrl'): string {
  const url = served[name]
  if (url === undefined) throw new Error(`the chain is served without ${name}`)
  return url
}
