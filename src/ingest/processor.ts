import { EvmBatchProcessor, type GatewaySettings } from '@subsquid/evm-processor'
import type { IndexConfig } from '../config/environment'

/**
 * How often the guard is asked for the height while final blocks are read. At the head it tells.
 */
const GUARD_POLL_MS = 50

/** Where the processor reads. */
export interface ProcessorSources {
  /** The node guard over HTTP; it bounds and repeats requests itself. */
  guardUrl: string
  /** The gateway that final blocks come from. */
  history: string | GatewaySettings
}

/**
 * The one place that sets up @subsquid/evm-processor: which logs, which fields, from where. Every
 * log of a followed contract with one of our topics is read from the block of the contract's
 * deployment on.
 *
 * At the head the guard is subscribed to over WebSocket: news waits for no timer, and a block that
 * is replaced by another one of its height is news too.
 */
export function buildProcessor(
  config: IndexConfig,
  { guardUrl, history }: ProcessorSources,
  topics: readonly string[],
) {
  const url = guardUrl.replace(/^http/, 'ws')
  const processor = new EvmBatchProcessor()
    .setRpcEndpoint({ url, requestTimeout: 0, retryAttempts: 2 })
    .setRpcDataIngestionSettings({ headPollInterval: GUARD_POLL_MS })
    .setFinalityConfirmation(config.finalityBlocks)
    .setFields({
      block: { timestamp: true },
      log: { address: true, topics: true, data: true, transactionHash: true },
    })
  processor.setGateway(history)
  for (const { address, startBlock } of config.contracts) {
    processor.addLog({ address: [address], topic0: [...topics], range: { from: startBlock } })
  }
  return processor
}
