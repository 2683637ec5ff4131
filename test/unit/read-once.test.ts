import { expect, test } from 'vitest'
import { readOnce } from '../../src/ingest/read-once'

/** Goal: logs that let go of what they carried are never taken for logs that carried nothing. */

const block = () => [
  { topics: ['0x01'], data: '0xaa', logIndex: 3 },
  { topics: [], data: '0x', logIndex: 4 },
]

test('what is read is whole, and is let go of afterwards without the log itself', () => {
  const logs = block()
  expect(readOnce(logs, (whole) => structuredClone(whole))).toEqual(block())
  expect(logs).toEqual([
    { topics: [], data: '', logIndex: 3 },
    { topics: [], data: '', logIndex: 4 },
  ])
})

test('logs that were read before are refused, and a log without topics is not one of them', () => {
  const logs = block()
  readOnce(logs, () => undefined)
  expect(() => readOnce(logs, () => undefined)).toThrow('were read before')
  expect(() => readOnce(block().slice(1), () => undefined)).not.toThrow()
})

test('logs that could not be read stay whole', () => {
  const logs = block()
  const unreadable = () => {
    throw new Error('unreadable')
  }
  expect(() => readOnce(logs, unreadable)).toThrow('unreadable')
  expect(logs).toEqual(block())
})
