import { Command, InvalidArgumentError, Option } from 'commander'
import { CONTRACT } from '../ledger/raw-batches'
import { buildChain } from './build/build-chain'
import { type ChainShape, DENSE, EVENTS_MIN, SPARSE } from './build/shape'
import type { Progress } from './build/stored-chain'
import type { Chain } from './chain'
import { startGateway } from './gateway'
import { startNode } from './node'

interface Options {
  readonly shape: 'dense' | 'sparse'
  readonly seed?: number
  readonly events?: number
  readonly blocks?: number
  readonly foreign?: number
  readonly serve?: true
  readonly latency: number
  readonly logsMax: number
  readonly blocksMax: number
}

/** `bench chain`: makes the chain of the benches of backfill, and serves it to look at it. */
export function chainCommand(): Command {
  return new Command('chain')
    .description('a made-up chain, served as a node and as a gateway, for the other benches')
    .addOption(
      new Option('--shape <name>', 'what it starts from')
        .choices(['dense', 'sparse'])
        .default('dense'),
    )
    .option('--seed <number>', 'seed of its logs', atLeast(0))
    .option('--events <number>', 'logs of our contract', atLeast(EVENTS_MIN))
    .option('--blocks <number>', 'blocks that they are spread over', atLeast(1))
    .option('--foreign <number>', 'logs of other contracts in each block', atLeast(0))
    .option('--serve', 'serve it until Ctrl-C')
    .option('--latency <ms>', 'wait before each answer', atLeast(0), 0)
    .option('--logs-max <number>', 'most logs in an answer of the node', atLeast(1), 10_000)
    .option('--blocks-max <number>', 'widest range of the node', atLeast(1), 10_000)
    .action(run)
}

async function run(options: Options): Promise<void> {
  const chain = await buildChain({ shape: shapeOf(options), progress: progressLine() })
  try {
    console.log(`${chain.folder}\nblocks 0 to ${chain.head}, ${chain.shape.events} logs of ours`)
    if (options.serve) await serve(chain, options)
  } finally {
    await chain.close()
  }
}

async function serve(chain: Chain, { latency, logsMax, blocksMax }: Options): Promise<void> {
  const node = await startNode(chain, { latencyMs: latency, logsMax, blocksMax })
  const gateway = await startGateway(chain, { latencyMs: latency })
  console.log(`RPC_URL=${node.url}\nGATEWAY_URL=${gateway.url}\nCONTRACTS=dev=${CONTRACT}@1`)
  console.log('Ctrl-C stops it.')
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  await Promise.all([node.close(), gateway.close()])
}

function shapeOf({ shape, seed, events, blocks, foreign }: Options): ChainShape {
  const base = shape === 'dense' ? DENSE : SPARSE
  return {
    ...base,
    seed: seed ?? base.seed,
    events: events ?? base.events,
    blocks: blocks ?? base.blocks,
    foreignLogsPerBlock: foreign ?? base.foreignLogsPerBlock,
  }
}

const PROGRESS_EVERY_MS = 2_000

/** A line now and then on stderr, with the time that is left. */
export function progressLine(): Progress {
  const start = performance.now()
  let told = start
  return (done, of) => {
    const now = performance.now()
    if (now - told < PROGRESS_EVERY_MS || done === 0) return
    told = now
    const left = Math.round((((now - start) / done) * (of - done)) / 1000)
    console.error(`bench: building the chain: ${done} of ${of} logs, ${left} s left`)
  }
}

function atLeast(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isSafeInteger(value) && value >= minimum) return value
    throw new InvalidArgumentError(`expected a whole number of at least ${minimum}.`)
  }
}
