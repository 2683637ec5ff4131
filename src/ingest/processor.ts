import { EvmBatchProcessor } from '@subsquid/evm-processor'
import type { IndexConfig } from '../config/environment'

/**
 * The one place that sets up @subsquid/evm-processor: which logs, which fields, from where. Every
 * log of a followed contract with one of our topics is read from the block of the contract's
 * deployment on.
 */
export function buildProcessor(config: IndexConfig, topics: readonly string[]) {
  const processor = new EvmBatchProcessor()
    .setRpcEndpoint({ url: config.rpcUrl, requestTimeout: 30_000 })
    .setRpcDataIngestionSettings({ headPollInterval: config.headPollMs })
    .setFinalityConfirmation(config.finalityBlocks)
    .setPrometheusPort(config.metricsPort)
    .setFields({
      block: { timestamp: true },
      log: { address: true, topics: true, data: true, transactionHash: true },
    })
  if (config.gatewayUrl) processor.setGateway(config.gatewayUrl)
  for (const { address, startBlock } of config.contracts) {
    processor.addLog({ address: [address], topic0: [...topics], range: { from: startBlock } })
  }
  return processor
}
