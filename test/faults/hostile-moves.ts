import { ONE } from '../support/chain'
import { encodeLog } from '../support/encode-log'
import { ANN, anyLog, BOB, MAKER, minted, moved, NOBODY } from '../support/story'
import { type HostileCase, HUGE, UNREADABLE } from './hostile-case'
import { raw, withData, word } from './tampered-logs'

const range = (from: bigint, to: bigint, sender = NOBODY) =>
  anyLog('ConsecutiveTransfer', {
    fromTokenId: from,
    toTokenId: to,
    fromAddress: sender,
    toAddress: ANN,
  })

/** Moves and mints that cannot be right: followed or refused, and told. */
export const MOVES: Record<string, HostileCase> = {
  'an ERC-20 Transfer on the same topic': {
    logs: (t) => {
      const topics = encodeLog('Transfer', { from: ANN, to: BOB, tokenId: t }).topics.slice(0, 3)
      return [{ address: ONE, topics, data: `0x${word(t)}` }]
    },
    anomalies: UNREADABLE,
    reason: /Transfer\(address,address,uint256\).*3 topics, not 4/,
  },
  'a move of an unknown token': {
    logs: (t) => [moved(t, ANN, BOB)],
    anomalies: [['UNMINTED_TOKEN', 0]],
    devices: { 0: { owner_id: BOB } },
  },
  'the first and the last token id': {
    logs: () => [...minted(0n), ...minted(HUGE)],
    anomalies: [],
  },
  'a double mint': {
    logs: (t) => [...minted(t), moved(t, NOBODY, ANN)],
    anomalies: [['SECOND_MINT', 0]],
    devices: { 0: { owner_id: ANN, period_count: 2 } },
  },
  'a move by a non-holder': {
    logs: (t) => [...minted(t), moved(t, ANN, BOB)],
    anomalies: [['MOVE_BY_NON_HOLDER', 0]],
    devices: { 0: { owner_id: BOB } },
  },
  'a move of a burned token': {
    logs: (t) => [...minted(t), moved(t, MAKER, NOBODY), moved(t, MAKER, BOB)],
    anomalies: [['MOVE_BY_NON_HOLDER', 0]],
    devices: { 0: { owner_id: BOB, period_count: 2 } },
  },
  'a move from nobody to nobody': {
    logs: (t) => [moved(t, NOBODY, NOBODY)],
    anomalies: UNREADABLE,
  },
  'a move to 32 bytes that are no address': {
    logs: (t) => {
      const log = raw(moved(t, ANN, BOB))
      return [{ ...log, topics: log.topics.with(2, `0x${word(HUGE)}`) }]
    },
    anomalies: UNREADABLE,
    reason: /no address/,
  },
  'a move that carries data': {
    logs: (t) => [...minted(t), withData(moved(t, MAKER, BOB), () => word(HUGE))],
    anomalies: [],
    devices: { 0: { owner_id: BOB } },
  },
  'a range of 2^255 tokens': {
    logs: () => [range(0n, 2n ** 255n)],
    anomalies: [['RANGE_TOO_LARGE', null]],
  },
  'a range that ends before it begins': {
    logs: (t) => [range(t + 3n, t)],
    anomalies: UNREADABLE,
    reason: /before/,
  },
  'one transaction that moves one token 100 times': {
    logs: (t) => [
      ...minted(t),
      ...Array.from({ length: 100 }, (_, i) =>
        moved(t, i % 2 ? BOB : i ? ANN : MAKER, i % 2 ? ANN : BOB),
      ),
    ],
    oneTransaction: true,
    anomalies: [],
    devices: { 0: { owner_id: ANN, period_count: 101 } },
  },
  '10,000 events in one block': {
    logs: (t) => [
      ...minted(t),
      ...Array.from({ length: 9_998 }, (_, i) =>
        moved(t, i % 2 ? BOB : MAKER, i % 2 ? MAKER : BOB),
      ),
    ],
    anomalies: [],
    devices: { 0: { owner_id: MAKER, period_count: 9_999 } },
  },
}
