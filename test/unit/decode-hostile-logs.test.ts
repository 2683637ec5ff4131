import { expect, test } from 'vitest'
import { decodeBlock } from '../../src/decoding/decode-block'
import { CONTRACTS, type LogSpec, ONE, scriptedBlock } from '../support/chain'

const HASH = `0x${'ab'.repeat(32)}`
const SOMEBODY = `0x${'a1'.padStart(40, '0')}`

function decode(...specs: Omit<LogSpec, 'contract'>[]) {
  const logs = specs.map((spec) => ({ ...spec, contract: ONE }))
  return decodeBlock(scriptedBlock(1, 'a', '0x', logs), CONTRACTS)
}

function minted(identity: Record<string, unknown>) {
  const absent = { lot: '', manufacturedOn: 0, expiresOn: 0, metadataUri: '', metadataHash: HASH }
  const args = { tokenId: 1n, modelId: 1n, manufacturer: SOMEBODY, ...absent, ...identity }
  return decode({ event: 'DeviceMinted', args })[0]
}

test('NUL in a serial would stop the database: it is replaced and reported', () => {
  expect(minted({ serial: 'A\0B' })).toMatchObject({
    detail: { serial: 'A\uFFFDB' },
    flaws: [{ code: 'TEXT_ALTERED' }],
  })
})

test('a serial of a megabyte would not fit an index: it is cut and reported', () => {
  expect(minted({ serial: 'x'.repeat(1_000_000) })).toMatchObject({
    detail: { serial: 'x'.repeat(200) },
    flaws: [{ code: 'TEXT_ALTERED' }],
  })
})

test('a date that is not in the calendar is missing, and reported', () => {
  expect(minted({ serial: 'S', manufacturedOn: 20260230, expiresOn: 20280229 })).toMatchObject({
    detail: { manufacturedOn: null, expiresOn: '2028-02-29' },
    flaws: [{ code: 'UNREADABLE_DATE' }],
  })
})

test('data that is too short is reported with the event it claims to be', () => {
  const block = scriptedBlock(1, 'a', '0x', [
    {
      contract: ONE,
      event: 'PartyUpdated',
      args: { party: SOMEBODY, kind: 1, name: 'n', gln: '' },
    },
  ])
  const logs = block.logs.map((log) => ({ ...log, data: log.data.slice(0, 70) }))
  expect(decodeBlock({ ...block, logs }, CONTRACTS)).toMatchObject([
    { type: 'REJECTED', code: 'UNREADABLE_LOG', message: expect.stringContaining('PartyUpdated(') },
  ])
})

test('a log without topics or data does not stop its block', () => {
  const empty = { address: ONE, topics: [], data: '0x', logIndex: 0, transactionHash: '0x' }
  expect(decodeBlock({ height: 1, hash: '0x', timestamp: 0, logs: [empty] }, CONTRACTS)).toEqual([])
})

test('one log that moves 2^256 tokens is reported, not expanded', () => {
  const range = { fromTokenId: 0n, toTokenId: 2n ** 256n - 1n }
  const args = { ...range, fromAddress: SOMEBODY, toAddress: SOMEBODY }
  expect(decode({ event: 'ConsecutiveTransfer', args })).toMatchObject([
    { type: 'REJECTED', code: 'RANGE_TOO_LARGE' },
  ])
})

test('many small logs that move 3,000,000 tokens are reported beyond what a block may hold', () => {
  const range = { fromTokenId: 1n, toTokenId: 10_000n }
  const args = { ...range, fromAddress: SOMEBODY, toAddress: SOMEBODY }
  const logs = Array.from({ length: 300 }, () => ({ event: 'ConsecutiveTransfer', args }))
  const events = decode(...logs)
  expect(events.filter(({ type }) => type === 'MOVED')).toHaveLength(100_000)
  const rejected = events.filter(({ type }) => type === 'REJECTED')
  expect(rejected).toHaveLength(290)
  expect(rejected[0]).toMatchObject({ code: 'RANGE_TOO_LARGE', at: { logIndex: 20 } })
})

test('a range of tokens becomes one move for each, all at the position of the log', () => {
  const range = { fromTokenId: 5n, toTokenId: 7n }
  const args = { ...range, fromAddress: `0x${'0'.repeat(40)}`, toAddress: SOMEBODY }
  const moves = decode({ event: 'ConsecutiveTransfer', args })
  expect(moves.map((move) => 'tokenId' in move && move.tokenId)).toEqual([5n, 6n, 7n])
  expect(new Set(moves.map(({ at }) => at.logIndex)).size).toBe(1)
})

test('logs that arrive out of order are read in log order', () => {
  const specs = [1, 2, 3].map((tokenId) => ({
    contract: ONE,
    event: 'Locked',
    args: { tokenId: BigInt(tokenId) },
  }))
  const block = scriptedBlock(1, 'a', '0x', specs)
  const events = decodeBlock({ ...block, logs: [...block.logs].reverse() }, CONTRACTS)
  expect(events.map((event) => 'tokenId' in event && event.tokenId)).toEqual([1n, 2n, 3n])
})
