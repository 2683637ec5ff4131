import { setTimeout as sleep } from 'node:timers/promises'
import { queryObjects } from 'node:v8'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeBlock } from '../../src/decoding/decode-block'
import { FinalPipeline, type FinalWriter } from '../../src/persistence/final-pipeline'
import { Ledger } from '../../src/persistence/ledger'
import type { BlockOfEvents } from '../../src/projection/project'
import { history, straight } from '../support/branch'
import { CONTRACTS, type ScriptedBlock } from '../support/chain'
import { DrivenLedger } from '../support/driven-ledger'
import { propertySettings } from '../support/property-settings'
import { chainOf, minted } from '../support/story'

/**
 * Goal: batches that are folded while the one before is being written leave the rows of batches
 * taken one after the other. Method: random histories go through the pipeline in pieces and batches
 * of any size, with reads and writes that take any time; every row must be that of a clean run.
 */

let clean: DrivenLedger
let piped: DrivenLedger

beforeAll(async () => {
  clean = await DrivenLedger.open()
  piped = await DrivenLedger.open()
})
afterAll(async () => {
  await clean?.close()
  await piped?.close()
})

const GENESIS = { height: -1, hash: '0x' }
const NOBODY = { committed: () => undefined, failed: () => undefined }

function decoded(block: ScriptedBlock): BlockOfEvents {
  const { height, hash, timestamp } = block
  return { block: { height, hash, timestamp }, events: decodeBlock(block, CONTRACTS) }
}

/** A ledger whose reads and writes take the times that are given, in turn. */
function unsteady(ledger: Ledger, delays: readonly number[]): FinalWriter {
  let turn = 0
  const wait = () => sleep(delays[turn++ % delays.length] ?? 0)
  return {
    async fold(...given) {
      await wait()
      return ledger.fold(...given)
    },
    async append(...given) {
      await wait()
      await ledger.append(...given)
    },
  }
}

async function pipe(blocks: readonly BlockOfEvents[], piece: number, pipeline: FinalPipeline) {
  let before = GENESIS
  for (let start = 0; start < blocks.length; start += piece) {
    const taken = blocks.slice(start, start + piece)
    await pipeline.take(before, taken)
    before = taken.at(-1)?.block ?? before
  }
  await pipeline.settle()
}

test('batches in flight together leave the rows of a clean run', async () => {
  const settings = propertySettings(200)
  const size = fc.integer({ min: 1, max: 12 })
  const delays = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(
      history,
      size,
      size,
      size,
      delays,
      async (steps, piece, batch, waiting, of) => {
        const chain = straight(steps)
        await clean.clear()
        await clean.takeFinal(chain)
        await piped.clear()
        const ledger = unsteady(new Ledger(piped.database), of)
        const pipeline = new FinalPipeline(ledger, NOBODY, { batch, waiting })
        await pipe(chain.map(decoded), piece, pipeline)
        expect(await piped.content()).toEqual(await clean.content())
        expect(await piped.finalHeight()).toBe(chain.length - 1)
      },
    ),
    settings,
  )
  console.log(`pipeline: ${settings.numRuns} histories, seed ${settings.seed}`)
}, 600_000)

test('a batch that cannot be written is told at once, and none after it is written', async () => {
  const told: unknown[] = []
  const written: number[] = []
  const fault = new Error('no room')
  const ledger: FinalWriter = {
    fold: async () => undefined,
    async append({ nextHead }) {
      if (nextHead.height === 2) throw fault
      written.push(nextHead.height)
    },
  }
  const listener = { committed: () => undefined, failed: (error: unknown) => told.push(error) }
  const pipeline = new FinalPipeline(ledger, listener, { batch: 0.1, waiting: 100 })
  const blocks = [0, 1, 2, 3, 4].map((height): BlockOfEvents => {
    return { block: { height, hash: `0x${height}`, timestamp: height }, events: [] }
  })
  await pipeline.take(GENESIS, blocks)
  await expect(pipeline.settle()).rejects.toBe(fault)
  await expect(pipeline.take(GENESIS, blocks)).rejects.toBe(fault)
  expect(told).toEqual([fault])
  expect(written).toEqual([0, 1])
})

test('a long history leaves nothing of its batches in memory', async () => {
  const ledger: FinalWriter = { fold: async () => undefined, append: async () => undefined }
  const pipeline = new FinalPipeline(ledger, NOBODY, { batch: 0.1, waiting: 0.1 })
  let before = GENESIS
  const takeBlocks = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const height = before.height + 1
      const block = { height, hash: `0x${height}`, timestamp: height }
      await pipeline.take(
        before,
        [block, block].map((of) => ({ block: of, events: [] })),
      )
      before = block
    }
    await sleep(1)
    return queryObjects(Promise, { format: 'count' })
  }
  const early = await takeBlocks(10)
  expect((await takeBlocks(1_000)) - early).toBeLessThan(100)
})

test('logs with long texts fill a batch sooner than short ones', async () => {
  expect(await batchesOf('x'.repeat(4_000))).toEqual([2, 2, 2, 2, 1])
  expect(await batchesOf('')).toEqual([4, 4, 1])
})

/** Blocks in each batch that nine blocks of one mint with such a URI are cut into. */
async function batchesOf(metadataUri: string): Promise<number[]> {
  const sizes: number[] = []
  const ledger: FinalWriter = {
    async fold(blocks) {
      sizes.push(blocks.length)
      return undefined
    },
    append: async () => undefined,
  }
  const pipeline = new FinalPipeline(ledger, NOBODY, { batch: 10, waiting: 1_000 })
  const mints = Array.from({ length: 9 }, (_, i) => minted(BigInt(i), { metadataUri }))
  const blocks = chainOf(...mints).map(decoded)
  await pipe(blocks, blocks.length, pipeline)
  return sizes
}
