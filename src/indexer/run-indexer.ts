import type { GatewaySettings } from '@subsquid/evm-processor'
import { createLogger } from '@subsquid/logger'
import type { DataSource } from 'typeorm'
import { formatContracts } from '../config/contracts'
import type { IndexConfig } from '../config/environment'
import { decodeBlock, TOPICS } from '../decoding/decode-block'
import { storableTime } from '../domain/block-time'
import { type NodeClient, nodeClient } from '../ingest/node-client'
import { NodeGuard } from '../ingest/node-guard/node-guard'
import { buildProcessor } from '../ingest/processor'
import { readOnce } from '../ingest/read-once'
import { claimChain } from '../persistence/chain-state'
import { awaitDatabase } from '../persistence/connect'
import { inTurns } from '../persistence/in-turns'
import { knownBlockAtOrBelow } from '../persistence/known-blocks'
import { Ledger } from '../persistence/ledger'
import { awaitMigrated } from '../persistence/migrate'
import { becomeOnlyWriter } from '../persistence/only-writer'
import { PipelinedLedger } from '../persistence/pipelined-ledger'
import { sqlOf } from '../persistence/sql'
import type { BlockOfEvents } from '../projection/project'
import { watchChain } from './chain-watch'
import { type FirstSync, prepareFirstSync } from './first-sync'
import { MetricsServer } from './metrics-server'
import { Progress } from './progress'
import { repairReorg } from './repair-reorg'
import { reportingLedger } from './reporting-ledger'

const log = createLogger('devicetrail:indexer')

/**
 * Runs the write path. The processor takes over the process, and exits it with 1 on any fault, so
 * this runs in a worker thread that can be started again (see supervise.ts).
 *
 * @param progressed called after each batch that was committed
 * @param failed called with a fault of the ledger while it runs; the thread ends after it
 * @throws DeviceTrailError whose remedy says whether a retry can help
 */
export async function runIndexer(
  config: IndexConfig,
  progressed: () => void,
  failed: (error: unknown) => void,
): Promise<never> {
  const patience = { say: (line: string) => log.warn(line) }
  const database = await awaitDatabase(config.databaseUrl, patience)
  await awaitMigrated(database, patience)
  await becomeOnlyWriter(database, patience, failed)
  const metrics = await MetricsServer.start(config.metricsPort)
  const guard = await NodeGuard.start({
    urls: config.rpcUrls,
    finalityBlocks: config.finalityBlocks,
    headPollMs: config.headPollMs,
    conflictHoldMs: config.reorgConfirmMs,
    logsBloom: config.logsBloom,
    log: createLogger('devicetrail:node'),
    registry: metrics.registry,
  })
  const started = (async () => {
    const node = nodeClient(guard.url)
    await claimChain(sqlOf(database.manager), await identityOf(node, config))
    const ledger = new Ledger(database)
    await repair(ledger, database, node, guard, config)
    const history = config.gatewayUrl ?? (await gatewayOver(guard))
    const processor = buildProcessor(config, { guardUrl: guard.url, history }, TOPICS)
    metrics.include(processor)
    const firstSync = await prepareFirstSync(database, ledger, node, config, log)
    follow(processor, config, { ledger, database, node, firstSync, progressed, failed })
  })()
  return Promise.race([guard.failed, started.then(() => guard.failed)])
}

/** Loaded only where it serves: the operator's own gateway makes it needless. */
async function gatewayOver(guard: NodeGuard): Promise<GatewaySettings> {
  const { startRpcGateway } = await import('../ingest/rpc-gateway/rpc-gateway')
  const { url } = await startRpcGateway({ source: guard.history, log })
  // It answers when it can.
  return { url, requestTimeout: 0 }
}

interface Following {
  ledger: Ledger
  database: DataSource
  node: NodeClient
  firstSync: FirstSync
  progressed: () => void
  failed: (error: unknown) => void
}

function follow(
  processor: ReturnType<typeof buildProcessor>,
  config: IndexConfig,
  { ledger, database, node, firstSync, progressed, failed }: Following,
): void {
  const startBlock = Math.min(...config.contracts.map((contract) => contract.startBlock))
  const progress = new Progress(log, startBlock, () => performance.now())
  void watchChain(node, sqlOf(database.manager), log, (height) => progress.setChainHeight(height))

  const pipelined = new PipelinedLedger(ledger, {
    committed(height, events) {
      progress.batchDone(height, events)
      progressed()
    },
    caughtUp: () => firstSync.end(),
    failed,
  })
  const names = new Map(config.contracts.map(({ address, name }) => [address as string, name]))
  processor.run(reportingLedger(pipelined, failed), async ({ store, blocks }) => {
    const decoded: BlockOfEvents[] = []
    const decode = ({ header, logs }: (typeof blocks)[number]) => {
      const { height, hash, timestamp } = header
      const block = { height, hash, timestamp }
      const events = readOnce(logs, (whole) => decodeBlock({ ...block, logs: whole }, names))
      decoded.push({ block: { height, hash, timestamp: storableTime(timestamp) }, events })
    }
    await inTurns(blocks, ({ logs }) => logs.length, decode)
    const last = decoded.at(-1)
    if (last !== undefined) await store.apply(decoded, last.block.timestamp)
  })
}

async function identityOf(node: NodeClient, config: IndexConfig) {
  const genesis = await node.blockAt(0)
  return {
    chainId: await node.chainId(),
    genesisHash: genesis?.hash ?? '(none)',
    contracts: formatContracts(config.contracts),
  }
}

function repair(
  ledger: Ledger,
  database: DataSource,
  node: NodeClient,
  guard: NodeGuard,
  config: IndexConfig,
): Promise<void> {
  const sql = sqlOf(database.manager)
  const rewindable = {
    connect: () => ledger.connect(),
    known: (height: number) => knownBlockAtOrBelow(sql, height),
    rewind: ledger.rewind.bind(ledger),
  }
  const witnesses = (height: number) => guard.hashesAt(height)
  return repairReorg(rewindable, { node, witnesses, confirmMs: config.reorgConfirmMs, log })
}
