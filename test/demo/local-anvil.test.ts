import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestClient, type Hex, http, publicActions, walletActions } from 'viem'
import { foundry } from 'viem/chains'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalAnvil } from '../../src/demo/local-anvil'
import { startAnvil } from '../support/anvil'
import { dropTempFolder, makeTempFolder } from '../support/temp-folder'

// Its constructor emits one log without topics.
const EMITS_A_LOG: Hex = '0x60006000a0'

let folder: string
let node: LocalAnvil

beforeEach(async () => {
  folder = await makeTempFolder()
})

afterEach(async () => {
  await node.stop()
  await dropTempFolder(folder)
})

test('after a restart old blocks keep their hashes and their logs', async () => {
  const options = {
    statePath: join(folder, 'chain.json'),
    mining: 'manual',
    keepStates: 4,
  } as const
  node = await startAnvil(options)
  await mineLogs(node, 8)
  const before = await history(node)
  await node.stop()
  node = await startAnvil(options)
  expect(await history(node)).toEqual(before)
  expect(before.logs).toHaveLength(8)
  await mineLogs(node, 1)
  expect((await history(node)).hashes.slice(0, 9)).toEqual(before.hashes)
})

test('a killed node loses no more than what came after the last save', async () => {
  const options = { statePath: join(folder, 'chain.json'), mining: 'manual' } as const
  node = await startAnvil(options)
  await mineLogs(node, 3)
  await node.saveState()
  const saved = await history(node)
  await mineLogs(node, 2)
  node.child.kill('SIGKILL')
  await new Promise((resolve) => node.child.once('exit', resolve))
  node = await startAnvil(options)
  expect(await history(node)).toEqual(saved)
})

test('a damaged state file is refused by name, and what to do is told', async () => {
  const statePath = join(folder, 'chain.json')
  node = await startAnvil({ statePath })
  await node.stop()
  writeFileSync(statePath, readFileSync(statePath, 'utf8').slice(0, -20))
  await expect(startAnvil({ statePath })).rejects.toMatchObject({
    code: 'DEMO_CHAIN_STATE',
    message: expect.stringMatching(/chain\.json is damaged.*Remove the file/),
  })
})

test('a busy port is an error, not a conversation with a stranger', async () => {
  node = await startAnvil()
  await expect(startAnvil({ port: node.port })).rejects.toMatchObject({ code: 'DEMO_CHAIN_START' })
})

function clientOf({ url }: LocalAnvil) {
  const client = createTestClient({ mode: 'anvil', chain: foundry, transport: http(url) })
  return client.extend(publicActions).extend(walletActions)
}

async function mineLogs(anvil: LocalAnvil, blocks: number): Promise<void> {
  const client = clientOf(anvil)
  const [account] = await client.getAddresses()
  if (account === undefined) throw new Error('the node has no accounts')
  for (let block = 0; block < blocks; block++) {
    await client.sendTransaction({ account, data: EMITS_A_LOG, gas: 100_000n })
    await client.mine({ blocks: 1 })
  }
}

async function history(anvil: LocalAnvil) {
  const client = clientOf(anvil)
  const height = Number(await client.getBlockNumber({ cacheTime: 0 }))
  const numbers = Array.from({ length: height + 1 }, (_, number) => BigInt(number))
  const blocks = await Promise.all(numbers.map((blockNumber) => client.getBlock({ blockNumber })))
  const logs = await client.getLogs({ fromBlock: 0n })
  return {
    hashes: blocks.map(({ hash }) => hash),
    logs: logs.map(({ blockHash, logIndex, transactionHash }) => ({
      blockHash,
      logIndex,
      transactionHash,
    })),
  }
}
