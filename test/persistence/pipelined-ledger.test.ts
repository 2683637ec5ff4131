import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { decodeBlock } from '../../src/decoding/decode-block'
import { Ledger, type LedgerBatch } from '../../src/persistence/ledger'
import { PipelinedLedger } from '../../src/persistence/pipelined-ledger'
import type { BlockOfEvents } from '../../src/projection/project'
import { CONTRACTS, type ScriptedBlock } from '../support/chain'
import { DrivenLedger } from '../support/driven-ledger'
import { approved, chainOf, minted, submitted } from '../support/story'

/**
 * Goal: whoever listens learns of every batch once it is committed, at the head as in a sync, and
 * of the end of the sync before the head is followed. The supervisor takes a run without such news
 * for one that brought nothing.
 */

let driven: DrivenLedger
beforeAll(async () => {
  driven = await DrivenLedger.open()
})
beforeEach(() => driven.clear())
afterAll(() => driven?.close())

const CHAIN = chainOf([], submitted(), approved(), minted(1n), minted(2n))

function heard(): { ledger: PipelinedLedger; news: string[] } {
  const news: string[] = []
  const ledger = new PipelinedLedger(new Ledger(driven.database), {
    committed: (height, events) => news.push(`${events} events up to block ${height}`),
    failed: (error) => news.push(String(error)),
    caughtUp: async () => void news.push('caught up'),
  })
  return { ledger, news }
}

function apply(batch: LedgerBatch, blocks: readonly ScriptedBlock[]): Promise<void> {
  const decoded = blocks.map((block): BlockOfEvents => {
    const { height, hash, timestamp } = block
    return { block: { height, hash, timestamp }, events: decodeBlock(block, CONTRACTS) }
  })
  return batch.apply(decoded, decoded.at(-1)?.block.timestamp ?? 0)
}

test('final blocks are told when they are written, and then the end of the sync', async () => {
  const { ledger, news } = heard()
  const prevHead = await ledger.connect()
  const nextHead = CHAIN.at(-1) ?? prevHead
  await ledger.transact({ prevHead, nextHead, isOnTop: true }, (batch) => apply(batch, CHAIN))
  expect(news).toEqual(['6 events up to block 4', 'caught up'])
  expect((await driven.content()).device).toHaveLength(2)
})

test('a batch at the head is told as well', async () => {
  await driven.takeFinal(CHAIN.slice(0, 3))
  const { ledger, news } = heard()
  const finalizedHead = await ledger.connect()
  const newBlocks = CHAIN.slice(3)
  const info = { finalizedHead, baseHead: finalizedHead, newBlocks }
  await ledger.transactHot2(info, (batch, from, to) => apply(batch, newBlocks.slice(from, to)))
  expect(news).toEqual(['caught up', '4 events up to block 4'])
})

test('hot blocks from before are undone when the same blocks come as final ones', async () => {
  await driven.follow(CHAIN, 2)
  const { ledger, news } = heard()
  const { top: _, ...prevHead } = await ledger.connect()
  const nextHead = CHAIN.at(-1) ?? prevHead
  const again = CHAIN.slice(prevHead.height + 1)
  await ledger.transact({ prevHead, nextHead, isOnTop: false }, (batch) => apply(batch, again))
  expect(news).toEqual([`4 events up to block 4`])
  expect((await driven.content()).device).toHaveLength(2)
})
