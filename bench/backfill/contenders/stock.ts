import { compiledScript, compileProcesses } from '../compiled'
import { measure } from '../measure'
import { CONTRACTS, FINALITY_BLOCKS } from '../workload'
import { type Contender, isPast } from './contender'

/** `EvmBatchProcessor` and `TypeormDatabase` under the handler of bench/ledger. */
export const STOCK: Contender = {
  async prepare() {
    compileProcesses()
    return async () => {}
  },
  run: ({ server, workload, limitMs }) =>
    server.withDatabase(async (databaseUrl) => {
      const { nodeUrl, gatewayUrl, lastHeight, slice, source } = workload
      // Over a gateway it is fast enough for all of it.
      const sliced = source === 'rpc' && slice !== undefined
      const goal = sliced ? slice.blocks : lastHeight
      const env = {
        DB_URL: databaseUrl,
        RPC_URL: nodeUrl,
        ...(gatewayUrl && { GATEWAY_URL: gatewayUrl }),
        CONTRACTS,
        FINALITY_BLOCKS: String(FINALITY_BLOCKS),
        ...(sliced && { TO_BLOCK: String(goal) }),
      }
      const run = await measure(
        { server, workload, databaseUrl, limitMs },
        {
          way: 'stock',
          order: { name: 'the stock indexer', script: [compiledScript('stock-indexer')], env },
          schema: 'public',
          sliced,
          isDone: (client) => isPast(client, goal),
        },
      )
      return [run]
    }),
}
