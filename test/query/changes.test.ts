import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changes, countChanges } from '../../src/query/changes'
import { writeCursor } from '../../src/query/changes/cursor'
import { scriptedBlock } from '../support/chain'
import { DrivenLedger } from '../support/driven-ledger'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'
import {
  ANN,
  anyLog,
  BOB,
  chainOf,
  MAKER,
  minted,
  moved,
  NOBODY,
  submitted,
} from '../support/story'

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(() => ledger?.close())

const all = async (after?: string) => {
  const page = await changes(ledger.sql, { first: 1_000, after })
  return page.edges.map(({ node }) => node)
}
/** A cursor of our form. */
const forged = (...parts: unknown[]) =>
  Buffer.from(JSON.stringify(['change', ...parts])).toString('base64url')

describe('changes', () => {
  it('tell who gave what to whom, and what does not fit, in the order of the log', async () => {
    await ledger.clear()
    const burn = moved(1n, BOB, NOBODY)
    const chain = chainOf([submitted()], minted(1n), [moved(1n, MAKER, ANN), moved(1n, ANN, BOB)])
    await ledger.takeFinal([...chain, scriptedBlock(3, 'a', '0x', [burn, ...minted(1n)])])
    const told = (await all()).map(({ kind, blockHeight, logIndex, deviceId, fromId, toId }) => [
      kind,
      `${blockHeight}/${logIndex}`,
      deviceId,
      fromId,
      toId,
    ])
    expect(told).toEqual([
      ['EVENT', '0/0', null, null, null],
      ['MINT', '1/0', 'one-1', null, MAKER],
      ['EVENT', '1/2', 'one-1', null, null],
      ['ANOMALY', '1/2', 'one-1', null, null],
      ['MOVE', '2/0', 'one-1', MAKER, ANN],
      ['MOVE', '2/2', 'one-1', ANN, BOB],
      ['BURN', '3/0', 'one-1', BOB, null],
      ['MINT', '3/2', 'one-1', null, MAKER],
      ['ANOMALY', '3/2', 'one-1', null, null],
      ['EVENT', '3/4', 'one-1', null, null],
      ['ANOMALY', '3/4', 'one-1', null, null],
    ])
  })

  it('of one log about many units are cut between pages without loss', async () => {
    await ledger.clear()
    const many = { fromTokenId: 1n, toTokenId: 25n, fromAddress: NOBODY, toAddress: ANN }
    await ledger.takeFinal(chainOf([anyLog('ConsecutiveTransfer', many)]))
    const seen: (string | null)[] = []
    for (let after: string | null = null; ; ) {
      const page = await changes(ledger.sql, { first: 4, after })
      seen.push(...page.edges.map(({ node }) => node.deviceId))
      expect(await countChanges(ledger.sql, { first: 4, after: page.endCursor })).toBe(
        25 - seen.length,
      )
      if (!page.hasNextPage) break
      after = page.endCursor
    }
    expect(seen).toHaveLength(25)
    expect(new Set(seen).size).toBe(25)
  })

  it('after a fork go on from the last block that is left, and say so', async () => {
    await ledger.clear()
    const old = chainOf([submitted()], ...[1n, 2n, 3n, 4n, 5n].map((token) => minted(token)))
    await ledger.follow(old, 5)
    const before = await changes(ledger.sql, { first: 1_000 })
    const fork = [...old.slice(0, 3), scriptedBlock(3, 'b', '0x', minted(9n))]
    await ledger.follow(fork, 2)
    const page = await changes(ledger.sql, { first: 1_000, after: before.endCursor })
    // The cursor knows the chain by blocks 5, 4 and 1. Of these the last is left.
    expect(page.undoneAfter).toBe(1)
    expect(new Set(page.edges.map(({ node }) => node.deviceId))).toEqual(
      new Set(['one-2', 'one-9']),
    )
    const next = await changes(ledger.sql, { first: 1_000, after: page.endCursor })
    expect(next).toMatchObject({ edges: [], undoneAfter: null, endCursor: page.endCursor })
    // The cursor of a row that the fork left is as good as before.
    const kept = before.edges.findLast(({ node }) => node.blockHeight === 2)?.cursor
    expect(await changes(ledger.sql, { first: 1, after: kept })).toMatchObject({
      undoneAfter: null,
      edges: [{ node: { deviceId: 'one-9' } }],
    })
  })

  it('after a fork that brings nothing are none, and the cursor goes on from there', async () => {
    await ledger.clear()
    const old = chainOf([submitted()], minted(1n))
    await ledger.follow(old, 1)
    const { endCursor: after } = await changes(ledger.sql, { first: 1_000 })
    await ledger.follow([...old.slice(0, 1), scriptedBlock(1, 'b', '0x', [])], 1)
    const page = await changes(ledger.sql, { first: 1_000, after })
    expect(page).toMatchObject({ edges: [], undoneAfter: 0, hasNextPage: false })
    const next = await changes(ledger.sql, { first: 1_000, after: page.endCursor })
    expect(next).toMatchObject({ edges: [], undoneAfter: null })
  })

  it('of a record that holds nothing of what was told begin anew', async () => {
    await ledger.clear()
    await ledger.takeFinal(chainOf(minted(1n)))
    const { endCursor: after } = await changes(ledger.sql, { first: 1_000 })
    await ledger.clear()
    await ledger.takeFinal([scriptedBlock(0, 'b', '0x', minted(2n))])
    const page = await changes(ledger.sql, { first: 1, after })
    expect(page).toMatchObject({ undoneAfter: -1, edges: [{ node: { deviceId: 'one-2' } }] })
  })

  it('from the head on are none until something happens', async () => {
    await ledger.clear()
    const chain = chainOf(minted(1n), minted(2n))
    await ledger.takeFinal(chain.slice(0, 1))
    const now = await changes(ledger.sql, { first: 10, fromHead: true })
    expect(now).toMatchObject({ edges: [], hasNextPage: false, asOf: { height: 0 } })
    expect(await countChanges(ledger.sql, { first: 10, fromHead: true })).toBe(0)
    await ledger.takeFinal(chain.slice(1))
    expect(new Set((await all(now.endCursor)).map(({ deviceId }) => deviceId))).toEqual(
      new Set(['one-2']),
    )
  })

  it('of nothing are none, and the first poll begins there', async () => {
    await ledger.clear()
    await ledger.takeFinal([scriptedBlock(0, 'a', '0x', [])])
    // A record whose head carried nothing of ours.
    const empty = await changes(ledger.sql, { first: 1 })
    const now = await changes(ledger.sql, { first: 1, fromHead: true })
    expect(now.endCursor).toBe(empty.endCursor)
    await ledger.takeFinal([scriptedBlock(1, 'a', '0x', minted(1n))])
    expect(await all(empty.endCursor)).toHaveLength(4)
  })

  it.each([
    '',
    'x',
    'ö'.repeat(9),
    'A'.repeat(100_000),
    Buffer.from('unit:demo-1').toString('base64url'),
    forged(),
    forged(1, 0, 0, 'a'),
    forged(-1, 0, 0, 'a', 0, 'ff'),
    forged(1, 0, 0, 'a', 2, 'ff'),
    forged(1, 0, 0, 'a', 1, 'ff', 1, 'ff'),
    forged(1, 0, 0, 'a', 1, "ff'"),
    forged(1, 0, 0, 'a', 1),
    forged(1, 0, 0, 'a\0', 1, 'ff'),
    forged(1, 0, 10, 'a', 1, 'ff'),
    forged(2 ** 31, 0, 0, 'a', 2 ** 31, 'ff'),
    forged(1.5, 0, 0, 'a', 1.5, 'ff'),
  ])('after a cursor that is none are refused: %#', async (after) => {
    await expect(changes(ledger.sql, { first: 1, after })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    })
  })

  it('are refused in pages of no size, and with two beginnings', async () => {
    await expect(changes(ledger.sql, { first: 0 })).rejects.toMatchObject({
      code: 'ARGUMENT_OUT_OF_RANGE',
    })
    const after = writeCursor({
      position: { height: 1, logIndex: 0, rank: 0, id: 'a' },
      blocks: [[1, 'ff']],
    })
    await expect(changes(ledger.sql, { first: 1, after, fromHead: true })).rejects.toMatchObject({
      code: 'ARGUMENTS_CONFLICT',
    })
  })
})

it('a poll that finds nothing is one statement, however far the cursor reaches back', async () => {
  const rows = await LedgerRows.open()
  try {
    for (let token = 1; token <= 40; token++) {
      await rows.mint({ at: token * token, token, manufacturer: party(1) })
    }
    await rows.head(1_600)
    const last = await changes(rows.sql, { first: 100 })
    const asked: string[] = []
    const sql: typeof rows.sql = (text, parameters) => {
      asked.push(text)
      return rows.sql(text, parameters)
    }
    expect(await changes(sql, { first: 100, after: last.endCursor })).toMatchObject({ edges: [] })
    expect(asked).toHaveLength(1)
    expect(last.endCursor.length).toBeLessThan(600)
    await rows.head(-1)
    await expect(changes(sql, { first: 1 })).rejects.toMatchObject({ code: 'NOTHING_INDEXED' })
  } finally {
    await rows.close()
  }
})
