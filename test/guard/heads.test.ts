import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { ScriptedChain } from '../faults/scripted-chain'
import { chainOf, eventually, Guarded, grow, moveOf, on } from './guarded-chain'
import { Subscriber } from './subscriber'
import { TellingNode } from './telling-node'

/**
 * Goal: news of a head reaches whoever subscribed to the guard without waiting for a poll where the
 * node tells of heads, and with the next poll where it does not or ceases to. Method: polls so slow
 * that a test which waited for one would time out, and nodes that tell, are cut off or keep silent.
 */

const NEVER_MS = 600_000

let guarded: Guarded
let node: TellingNode | undefined
let subscriber: Subscriber
afterEach(async () => {
  subscriber?.close()
  await guarded.close()
  node?.close()
  node = undefined
})

/** A guard before a node that can tell, with somebody who listens to it. */
async function listenTo(
  chain: ScriptedChain,
  headPollMs: number,
  takesSubscriptions = true,
): Promise<TellingNode> {
  guarded = await Guarded.nodes(chain)
  const telling = await TellingNode.start(guarded.node(0))
  node = telling
  telling.takesSubscriptions = takesSubscriptions
  await guarded.start({ urls: [telling.url], headPollMs })
  subscriber = await Subscriber.open(guarded.guard.url)
  return telling
}

test('who subscribes is told of the head at once, also on a quiet chain', async () => {
  const chain = chainOf(10)
  await listenTo(chain, NEVER_MS)
  await subscriber.isTold(chain.head.hash)
})

test('a head that the node tells of is told on without a poll', async () => {
  const chain = chainOf(10)
  const telling = await listenTo(chain, NEVER_MS)
  for (let i = 0; i < 3; i++) {
    grow(chain, 1)
    telling.tell()
    await subscriber.isTold(chain.head.hash)
  }
})

test('a head that the node tells of while it is looked at is not missed', async () => {
  const chain = chainOf(10)
  const telling = await listenTo(chain, NEVER_MS)
  grow(chain, 1)
  guarded.node(0).behave = on('eth_getBlockByNumber', async (_, answer) => {
    const seen = await answer()
    guarded.node(0).behaveWell()
    grow(chain, 1)
    telling.tell()
    await sleep(50)
    return seen
  })
  telling.tell()
  await eventually(() => subscriber.heads.at(-1) === chain.at(12)?.hash)
})

test('a head that is replaced by another one of its height is told', async () => {
  const chain = chainOf(10)
  const telling = await listenTo(chain, NEVER_MS)
  chain.fork(1)
  grow(chain, 1)
  telling.tell()
  await subscriber.isTold(chain.head.hash)
  const block = await subscriber.call('eth_getBlockByNumber', '0xa', false)
  expect(block).toMatchObject({ hash: chain.head.hash })
})

test('a node that tells of heads is hardly asked for them', async () => {
  const chain = chainOf(10)
  const telling = await listenTo(chain, 50)
  await eventually(() => telling.subscriberCount === 1)
  await sleep(200)
  const before = telling.looks
  await sleep(1_000)
  expect(telling.looks - before).toBeLessThanOrEqual(1)
})

test('a node without subscriptions is polled', async () => {
  const chain = chainOf(10)
  await listenTo(chain, 50, false)
  grow(chain, 1)
  await subscriber.isTold(chain.head.hash)
})

test('a connection that is cut is opened again, and tells again', async () => {
  const chain = chainOf(10)
  const telling = await listenTo(chain, 100)
  await eventually(() => telling.subscriberCount === 1)
  telling.cut()
  await eventually(() => telling.subscriberCount === 1)
  grow(chain, 1)
  telling.tell()
  await subscriber.isTold(chain.head.hash)
})

test('a node that ceases to tell is polled again', async () => {
  const chain = chainOf(10)
  const telling = await listenTo(chain, 50)
  await eventually(() => telling.subscriberCount === 1)
  grow(chain, 1)
  await subscriber.isTold(chain.head.hash)
  const before = telling.looks
  await eventually(() => telling.looks > before + 10)
})

test('an answer too large for the processor is an error on which it asks for less', async () => {
  const chain = chainOf(10)
  const data = `0x${'ab'.repeat(6_000_000)}`
  for (let i = 0; i < 2; i++) chain.append([{ ...moveOf(i), data }])
  guarded = await (await Guarded.nodes(chain)).start({ timeoutMs: 20_000, giveUpMs: 20_000 })
  subscriber = await Subscriber.open(guarded.guard.url)
  const range = (fromBlock: string, toBlock: string) => ({ fromBlock, toBlock })
  await expect(subscriber.call('eth_getLogs', range('0xb', '0xc'))).rejects.toThrow(
    /response is too big/,
  )
  expect(await subscriber.call('eth_getLogs', range('0xb', '0xb'))).toHaveLength(1)
})

test('a subscription that is ended is told nothing more', async () => {
  const chain = chainOf(10)
  const telling = await listenTo(chain, NEVER_MS)
  await subscriber.isTold(chain.head.hash)
  expect(await subscriber.call('eth_unsubscribe', '0x1')).toBe(true)
  grow(chain, 1)
  telling.tell()
  await guarded.headAt(11)
  expect(subscriber.heads).toHaveLength(1)
})
