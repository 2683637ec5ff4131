import { EvmBatchProcessor } from '@subsquid/evm-processor'
import { TypeormDatabase } from '@subsquid/typeorm-store'
import { parseContracts } from '../../../src/config/contracts'
import { decodeBlock, TOPICS } from '../../../src/decoding/decode-block'
import { handleBatch } from '../../ledger/typeorm-store-handler'

/**
 * A squid as the documentation of its packages shows one: gateway, node, finality, fields, one
 * filter, `TypeormDatabase` with its defaults.
 */
function main(): void {
  const contracts = parseContracts(required('CONTRACTS'))
  if (typeof contracts === 'string') throw new Error(`CONTRACTS: ${contracts}`)
  const { GATEWAY_URL, TO_BLOCK } = process.env
  const processor = new EvmBatchProcessor()
    .setRpcEndpoint({ url: required('RPC_URL') })
    .setFinalityConfirmation(Number(required('FINALITY_BLOCKS')))
    .setFields({
      block: { timestamp: true },
      log: { address: true, topics: true, data: true, transactionHash: true },
    })
  if (GATEWAY_URL) processor.setGateway(GATEWAY_URL)
  if (TO_BLOCK) processor.setBlockRange({ from: 0, to: Number(TO_BLOCK) })
  for (const { address, startBlock } of contracts) {
    processor.addLog({ address: [address], topic0: [...TOPICS], range: { from: startBlock } })
  }
  const names = new Map<string, string>(contracts.map(({ address, name }) => [address, name]))
  processor.run(new TypeormDatabase(), async ({ store, blocks }) => {
    const decoded = blocks.map(({ header, logs }) => {
      const { height, hash, timestamp } = header
      const events = decodeBlock({ height, hash, timestamp, logs }, names)
      return { block: { height, hash, timestamp }, events }
    })
    await handleBatch(
      store,
      decoded.filter(({ events }) => events.length > 0),
    )
  })
}

function required(name: string): string {
  const value = process.env[name]
  if (value) return value
  throw new Error(`${name} is missing; bench/backfill sets it`)
}

main()
