import path from 'node:path'
import { EvmBatchProcessor } from '@subsquid/evm-processor'
import { TypeormDatabase } from '@subsquid/typeorm-store'
import { decodeBlock, TOPICS } from '../../src/decoding/decode-block'
import { handleBatch } from '../ledger/typeorm-store-handler'

/** The program of the stock way: what `main.ts` of a squid is. Its settings are its environment. */

const PROJECT = path.resolve(__dirname, '../..')
const { RPC_URL = '', CONTRACTS = '', FINALITY_BLOCKS, HEAD_POLL_MS } = process.env
const [, name = '', address = '', from = ''] = /^(\w+)=(0x\w+)@(\d+)$/.exec(CONTRACTS) ?? []

const processor = new EvmBatchProcessor()
  .setRpcEndpoint(RPC_URL)
  .setFinalityConfirmation(Number(FINALITY_BLOCKS))
  .setFields({
    block: { timestamp: true },
    log: { address: true, topics: true, data: true, transactionHash: true },
  })
  .addLog({ address: [address], topic0: [...TOPICS], range: { from: Number(from) } })
if (HEAD_POLL_MS !== undefined) {
  processor.setRpcDataIngestionSettings({ headPollInterval: Number(HEAD_POLL_MS) })
}

const names = new Map([[address, name]])
const database = new TypeormDatabase({ supportHotBlocks: true, projectDir: PROJECT })
processor.run(database, ({ store, blocks }) =>
  handleBatch(
    store,
    blocks.map(({ header, logs }) => {
      const { height, hash, timestamp } = header
      const block = { height, hash, timestamp }
      return { block, events: decodeBlock({ ...block, logs }, names) }
    }),
  ),
)
