import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeBlock } from '../../src/decoding/decode-block'
import type { RawLog } from '../../src/decoding/raw-log'

/**
 * Goal: what real chains carry under our topics is read right or reported, never dropped and never
 * a crash.
 */

interface RealLog {
  kind: string
  expected?: { from?: string; to?: string; tokenId?: string }
  log: {
    address: string
    topics: string[]
    data: string
    logIndex: string
    transactionHash: string
  }
}

const { items }: { items: RealLog[] } = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/erc721-real-logs.json'), 'utf8'),
)

function decode({ log }: RealLog) {
  const raw: RawLog = { ...log, logIndex: Number(log.logIndex) }
  const block = { height: 1, hash: '0x1', timestamp: 0, logs: [raw] }
  return decodeBlock(block, new Map([[log.address, 'real']]))
}

function ofKind(...kinds: string[]) {
  const found = items.filter(({ kind }) => kinds.includes(kind))
  return found.map((item) => [item.log.transactionHash, item] as const)
}

const ZERO = `0x${'0'.repeat(40)}`

describe('an ERC-721 Transfer is a move', () => {
  test.each(ofKind('erc721-transfer'))('%s', (_, item) => {
    const { from, to, tokenId } = item.expected ?? {}
    const [move, ...others] = decode(item)
    expect(others).toEqual([])
    expect(move).toEqual({
      type: 'MOVED',
      contract: 'real',
      at: expect.anything(),
      tokenId: BigInt(tokenId ?? '-1'),
      ...(from !== ZERO && { from }),
      ...(to !== ZERO && { to }),
    })
  })
})

describe('a Transfer that is no ERC-721 move is reported, not taken', () => {
  const kinds = ['erc20-transfer', 'transfer-nothing-indexed', 'transfer-odd-indexing']
  test.each(ofKind(...kinds))('%s', (_, item) => {
    expect(decode(item)).toMatchObject([{ type: 'REJECTED', code: 'UNREADABLE_LOG' }])
  })
})

test.each(ofKind('erc4906-metadata-update'))('metadata went stale: %s', (_, item) => {
  expect(decode(item)).toMatchObject([{ type: 'METADATA_STALE' }])
})

const FOREIGN = ['erc721-approval', 'approval-for-all', 'erc1155-transfer-single']
test.each(ofKind(...FOREIGN))('an event that is not followed says nothing: %s', (_, item) => {
  expect(decode(item)).toEqual([])
})

test('a log of a contract that is not followed says nothing', () => {
  const block = { height: 1, hash: '0x1', timestamp: 0, logs: items.map(toRaw) }
  expect(decodeBlock(block, new Map())).toEqual([])
})

function toRaw({ log }: RealLog): RawLog {
  return { ...log, logIndex: Number(log.logIndex) }
}
