import { createPublicClient, createWalletClient, type Hex, http, isHex } from 'viem'
import { foundry } from 'viem/chains'
import { afterAll, beforeAll, expect, test } from 'vitest'
import bytecodeFile from '../../abi/DeviceNFT.bytecode.json'
import { events } from '../../src/abi/DeviceNFT'
import { DemoChain } from '../../src/demo/chain/demo-chain'
import { oneActivity } from '../../src/demo/chain/live-activity'
import { unitCount } from '../../src/demo/chain/unit-view'
import type { LocalAnvil } from '../../src/demo/local-anvil'
import { PARTIES, PARTY_KEYS } from '../../src/demo/story/parties'
import { demoScript, GENESIS_TIMESTAMP } from '../../src/demo/story/script'
import { startAnvil } from '../support/anvil'

const script = demoScript()
let node: LocalAnvil
let logs: { topics: Hex[]; data: Hex }[]

beforeAll(async () => {
  node = await startAnvil({ mining: 'manual', accounts: 20, genesisTimestamp: GENESIS_TIMESTAMP })
  const chain = new DemoChain(node.url)
  if (!isHex(bytecodeFile.bytecode)) throw new Error('the bytecode artifact is no hex string')
  await chain.deploy(bytecodeFile.bytecode, GENESIS_TIMESTAMP + 12)
  for (const block of script.blocks) await chain.play(block)
  const client = createPublicClient({ chain: foundry, transport: http(node.url) })
  logs = await client.getLogs({ fromBlock: 0n })
})

afterAll(() => node.stop())

test('the script is the same at each call, else printed answers would differ', () => {
  expect(demoScript()).toEqual(script)
})

test('the accounts of the parties are those that the node holds keys for', async () => {
  const wallet = createWalletClient({ chain: foundry, transport: http(node.url) })
  const known = await wallet.getAddresses()
  expect(known).toEqual(expect.arrayContaining(PARTY_KEYS.map((key) => PARTIES[key].address)))
})

test('all that a newcomer is to see has happened on the chain', () => {
  expect(count(events.PartyUpdated)).toBeGreaterThanOrEqual(8)
  expect(count(events.ModelApproved)).toBe(4)
  expect(count(events.ModelRejected)).toBe(1)
  expect(count(events.DeviceMinted)).toBe(300)
  expect(count(events.DeviceSold)).toBeGreaterThan(100)
  expect(count(events.RecallIssued)).toBe(2)
  expect(count(events.RecallClosed)).toBe(1)
  for (const event of [
    events.RecallScopeAdded,
    events.RecallUnitResolved,
    events.DeviceReturned,
    events.DeviceDecommissioned,
    events.Locked,
    events.Unlocked,
    events.DeviceMetadataSet,
    events.SaleDelisted,
    events.HandoffCancelled,
  ]) {
    expect(count(event), event.topic).toBeGreaterThan(0)
  }
})

test('sales carry a fee', () => {
  const fees = logs
    .filter((log) => events.DeviceSold.is(log))
    .map((log) => events.DeviceSold.decode(log).fee)
  expect(fees.every((fee) => fee > 0n)).toBe(true)
})

test('hand-offs are open at the end', () => {
  const settled = count(events.HandoffConfirmed) + count(events.HandoffCancelled)
  expect(count(events.HandoffStarted) - settled).toBe(script.inTransit.length)
  expect(script.inTransit.length).toBeGreaterThanOrEqual(5)
})

test('the unit on the screen was sold, handed on, and is in the open recall', async () => {
  const id = BigInt(script.highlights.token)
  const minted = logs
    .filter((log) => events.DeviceMinted.is(log))
    .map((log) => events.DeviceMinted.decode(log))
  const unit = minted.find(({ tokenId }) => tokenId === id)
  expect(unit?.serial).toBe(script.highlights.serial)
  expect(script.highlights.recalledLots).toContain(unit?.lot)
  const ofUnit = (event: { is(log: (typeof logs)[number]): boolean }, place: number) =>
    logs.some((log) => event.is(log) && BigInt(log.topics[place] ?? 0) === id)
  expect(ofUnit(events.DeviceSold, 1)).toBe(true)
  expect(ofUnit(events.HandoffConfirmed, 1)).toBe(true)
  expect(ofUnit(events.RecallUnitResolved, 2)).toBe(true)
})

test('a hundred live activities are lawful: the contract refuses none', async () => {
  const chain = new DemoChain(node.url)
  const before = await chain.head()
  const lines: string[] = []
  for (let count = 0; count < 100; count++) {
    await oneActivity({ chain, say: (line) => void lines.push(line) })
  }
  expect((await chain.head()).height).toBe(before.height + 100)
  expect(lines.filter((line) => line.includes('minted')).length).toBeGreaterThan(10)
  expect(await unitCount(chain)).toBeGreaterThan(300)
})

function count(event: { is(log: (typeof logs)[number]): boolean }): number {
  return logs.filter((log) => event.is(log)).length
}
