import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LogSpec, TWO } from '../support/chain'
import { DrivenLedger } from '../support/driven-ledger'
import {
  ANN,
  anyLog,
  approved,
  BOB,
  chainOf,
  handoffStarted,
  locked,
  MAKER,
  minted,
  moved,
  NOBODY,
  recallIssued,
  resolved,
  scopeAdded,
  sold,
  submitted,
} from '../support/story'

/**
 * Goal: whatever does not fit is told with its reason, and the rest of its block is in. Method: one
 * short chain for each code; the same in one batch and block by block.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(() => ledger?.close())

const MODEL = [submitted(), approved()]
const HUGE = 2n ** 256n - 1n
const RANGE = { fromTokenId: 0n, toTokenId: HUGE, fromAddress: NOBODY, toAddress: ANN }

type Story = [acts: (LogSpec | LogSpec[])[], devices: (string | null)[], timestamp?: number]

/** The acts of a chain, whom the anomaly names, and the time of the last block. */
const STORIES: Record<string, Story> = {
  UNREADABLE_LOG: [[moved(1n, NOBODY, NOBODY)], [null]],
  TEXT_ALTERED: [[MODEL, minted(1n, { serial: 'A\0B' })], ['one-1']],
  UNREADABLE_DATE: [[MODEL, minted(1n, { expiresOn: 20260230 })], ['one-1']],
  RANGE_TOO_LARGE: [[anyLog('ConsecutiveTransfer', RANGE)], [null]],
  TIME_OUT_OF_RANGE: [[MODEL, minted(1n)], [null], Date.UTC(10_000, 0)],
  UNMINTED_TOKEN: [[moved(1n, ANN, BOB)], ['one-1']],
  SECOND_MINT: [[MODEL, minted(1n), moved(1n, NOBODY, ANN)], ['one-1']],
  MINT_AFTER_BURN: [
    [MODEL, minted(1n), moved(1n, MAKER, NOBODY), moved(1n, NOBODY, ANN)],
    ['one-1'],
  ],
  MOVE_BY_NON_HOLDER: [[MODEL, minted(1n), moved(1n, ANN, BOB)], ['one-1']],
  MOVE_WHILE_LOCKED: [[MODEL, minted(1n), locked(1n), moved(1n, MAKER, BOB)], ['one-1']],
  MOVE_OUTSIDE_HANDOFF: [
    [MODEL, minted(1n), handoffStarted(1n, MAKER, ANN), moved(1n, MAKER, BOB)],
    ['one-1'],
  ],
  IDENTITY_RESTATED: [[MODEL, minted(1n), minted(1n, { lot: 'L9' }).slice(1)], ['one-1']],
  DUPLICATE_IDENTITY: [
    [
      MODEL,
      [submitted(1n, TWO), approved(1n, TWO)],
      minted(1n, { serial: 'SAME' }),
      minted(7n, { serial: 'same' }, TWO),
    ],
    ['two-7', 'one-1'],
  ],
  MINT_WITHOUT_APPROVAL: [[submitted(), minted(1n)], ['one-1']],
  MINT_BY_OTHER_MANUFACTURER: [[MODEL, minted(1n, { manufacturer: BOB })], ['one-1']],
  UNKNOWN_MODEL: [[approved()], [null]],
  UNKNOWN_RECALL: [[scopeAdded({ lots: ['L1'] })], [null]],
  RESOLVED_OUT_OF_SCOPE: [[MODEL, minted(1n), recallIssued(), resolved(1n, 1)], ['one-1']],
  SALE_WITHOUT_MOVE: [[MODEL, minted(1n), sold(1n, MAKER, BOB)], ['one-1']],
}

test.each(Object.entries(STORIES))('%s is reported, and nothing else', async (code, story) => {
  const [acts, devices, timestamp] = story
  const chain = chainOf(...acts)
  const last = chain.pop()
  if (last) chain.push({ ...last, timestamp: timestamp ?? last.timestamp })
  for (const size of [chain.length, 1]) {
    await ledger.clear()
    for (let start = 0; start < chain.length; start += size) {
      await ledger.takeFinal(chain.slice(start, start + size))
    }
    const { anomaly: rows = [] } = await ledger.content()
    expect(rows).toMatchObject(devices.map((device_id) => ({ code, device_id })))
  }
})

test('every code that the schema describes has its story', () => {
  const schema = readFileSync(path.resolve(__dirname, '../../schema.graphql'), 'utf8')
  const body = /enum AnomalyCode \{([^}]*)\}/.exec(schema)?.[1] ?? ''
  const codes = body.match(/^ {2}[A-Z_]+$/gm)?.map((line) => line.trim())
  expect(Object.keys(STORIES).sort()).toEqual(codes?.sort())
})

test('a hostile log does not keep the rest of its block out', async () => {
  await ledger.clear()
  const hostile = anyLog('ConsecutiveTransfer', RANGE)
  await ledger.takeFinal(chainOf([...MODEL, hostile, ...minted(0n), ...minted(HUGE)]))
  const { device: rows = [] } = await ledger.content()
  expect(rows).toMatchObject([{ id: 'one-0' }, { id: `one-${HUGE}`, serial: `S${HUGE}` }])
})

test('a burn without a holder changes nothing: an unwind could not bring it back', async () => {
  const chain = chainOf(handoffStarted(1n, ANN, BOB), moved(1n, ANN, NOBODY))
  await ledger.clear()
  await ledger.takeFinal(chain)
  const { device: rows = [] } = await ledger.content()
  expect(rows).toMatchObject([{ in_transit_to_id: BOB, disposition: 'IN_TRANSIT' }])
})
