import { type CheckedRun, measure } from '../measure'
import { CONTRACTS, FINALITY_BLOCKS } from '../workload'
import { type Contender, type Ground, hasBlock, isPast } from './contender'

/** The compiled program, as an operator runs it; everything that is not set has its default. */
export const DEVICETRAIL: Contender = {
  run: (ground) =>
    ground.server.withDatabase(async (databaseUrl) => [await index(ground, databaseUrl)]),
}

/** Gives a database that DeviceTrail has filled, to `use`. */
export function finishedDatabase(
  ground: Ground,
  use: (databaseUrl: string) => Promise<void>,
): Promise<void> {
  return ground.server.withDatabase(async (databaseUrl) => {
    await index(ground, databaseUrl)
    await use(databaseUrl)
  })
}

function index({ server, workload, limitMs }: Ground, databaseUrl: string): Promise<CheckedRun> {
  const { nodeUrl, gatewayUrl, lastHeight } = workload
  const env = {
    DB_URL: databaseUrl,
    RPC_URL: nodeUrl,
    ...(gatewayUrl && { GATEWAY_URL: gatewayUrl }),
    CONTRACTS,
    FINALITY_BLOCKS: String(FINALITY_BLOCKS),
    METRICS_PORT: '0',
  }
  return measure(
    { server, workload, databaseUrl, limitMs },
    {
      way: 'devicetrail',
      order: { name: 'devicetrail index', script: ['lib/cli/main.js', 'index'], env },
      schema: 'public',
      sliced: false,
      isDone: async (client) =>
        (await isPast(client, lastHeight)) && hasBlock(client, 'public', lastHeight),
    },
  )
}
