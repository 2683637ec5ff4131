import fc from 'fast-check'
import { expect, test } from 'vitest'
import { events as device } from '../../src/abi/DeviceNFT'
import { events as erc2309 } from '../../src/abi/ERC2309'
import { decodeBlock } from '../../src/decoding/decode-block'
import { type EventCodecs, parameterReader } from '../../src/decoding/parameter-reader'
import type { RawLog } from '../../src/decoding/raw-log'
import { alteredLogs, anyLogs, soundLogs } from '../support/any-logs'
import { CONTRACTS } from '../support/chain'
import { ABI_EVENTS, encodeLog } from '../support/encode-log'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: words read out of hex text say what bytes say, and nothing without the form of its event
 * is taken. Method: logs of every event, sound and altered, against the generated decoder; and what
 * is read, written again by viem.
 */

const EVENTS: readonly [string, EventCodecs<object>][] = Object.entries({ ...device, ...erc2309 })
const READERS = new Map(
  EVENTS.map(([name, event]) => [event.topic, { name, event, read: parameterReader(event) }]),
)
const settings = propertySettings(500)
const holds = (logs: fc.Arbitrary<RawLog>, predicate: (log: RawLog) => void) =>
  fc.assert(fc.property(logs, predicate), settings)

function readerOf({ topics }: RawLog) {
  const reader = READERS.get(topics[0] ?? '')
  if (reader === undefined) throw new Error(`no event has the topic ${topics[0]}`)
  return reader
}

/** Undefined where the log is refused. */
function parametersOf(log: RawLog): object | undefined {
  try {
    return readerOf(log).read(log)
  } catch {
    return undefined
  }
}

/** What a word of a type is below; that of a text or list is an offset, with a word behind it. */
function limitOf(type: string, { data }: RawLog): bigint {
  if (type.startsWith('string')) return BigInt(data.length / 2 - 32)
  const bits = { bool: 1, address: 160, bytes32: 256 }[type] ?? Number(type.slice('uint'.length))
  return 2n ** BigInt(bits)
}

test('a log as the contract emits it is read as the generated decoder reads it', () => {
  holds(soundLogs, (log) => {
    expect(readerOf(log).read(log)).toStrictEqual(readerOf(log).event.decode(log))
  })
})

test('of an altered log, what is taken is what the generated decoder reads', () => {
  holds(alteredLogs, (log) => {
    const parameters = parametersOf(log)
    if (parameters) expect(parameters).toStrictEqual(readerOf(log).event.decode(log))
  })
})

test('of an altered log, nothing is taken whose words have bits beyond their types', () => {
  holds(alteredLogs, (log) => {
    if (parametersOf(log) === undefined) return
    const plain = ABI_EVENTS.get(readerOf(log).name)?.inputs.filter(({ indexed }) => !indexed)
    for (const [index, { type }] of (plain ?? []).entries()) {
      const word = BigInt(`0x${log.data.slice(2 + 64 * index, 66 + 64 * index)}`)
      expect(word).toBeLessThan(limitOf(type, log))
    }
  })
})

test('a log that its own parameters, written again, give to the last bit is taken', () => {
  holds(alteredLogs, (log) => {
    const { name, event } = readerOf(log)
    let again: { topics: string[]; data: string }
    try {
      again = encodeLog(name, { ...event.decode(log) })
    } catch {
      return
    }
    const { topics, data } = log
    if (data !== again.data || topics.join() !== again.topics.join()) return
    expect(parametersOf(log)).toBeDefined()
  })
})

test('every log of ours is an event or rejected, in the order of the logs', () => {
  fc.assert(
    fc.property(anyLogs, (logs) => {
      const events = decodeBlock({ height: 1, hash: '0x', timestamp: 0, logs }, CONTRACTS)
      const places = [...new Set(events.map(({ at }) => at.logIndex))]
      expect(places).toEqual(logs.map((_, index) => index))
    }),
    settings,
  )
})
