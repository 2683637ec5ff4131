import fc from 'fast-check'
import { TOPICS } from '../../src/decoding/decode-block'
import { ONE } from '../support/chain'
import { minted, recallIssued, scopeAdded } from '../support/story'
import type { RawScriptedLog } from './scripted-chain'
import { raw, word } from './tampered-logs'

/** Logs under the topics of the contract that no contract compiled from it would emit. */

/** Good tokens begin here; a random log names one of them with a chance of 2^-100. */
export const FIRST_GOOD_TOKEN = 2n ** 100n

const bytes = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array).toString('hex'))

const anyWord = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  // Small numbers are what offsets, lengths, enums and tokens look like; 160 bits an address.
  fc.bigInt({ min: 0n, max: 12n }).map((factor) => factor * 32n),
  fc.bigInt({ min: 0n, max: 9n }),
  fc.bigInt({ min: 0n, max: 2n ** 160n - 1n }),
  fc.constantFrom(0n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 64n - 1n, 2n ** 256n - 1n),
)

const topic0 = fc.constantFrom(...TOPICS)
const words = fc.array(anyWord, { maxLength: 16 }).map((values) => values.map(word).join(''))

/** Any topics and any data. */
const garbage = fc
  .record({
    topic0,
    topics: fc.array(anyWord, { maxLength: 3 }),
    data: fc.oneof(bytes(300), words, fc.constant('')),
  })
  .map(({ topic0, topics, data }): RawScriptedLog => {
    return {
      address: ONE,
      topics: [topic0, ...topics.map((t) => `0x${word(t)}`)],
      data: `0x${data}`,
    }
  })

const SOUND = [...minted(5n), recallIssued(5n), scopeAdded({ lots: ['L1', 'L2'] }, 5n)].map(raw)

/** A sound log in which some bytes of the data are others, or the end is missing. */
const altered = fc
  .record({
    log: fc.constantFrom(...SOUND),
    flips: fc.array(fc.record({ at: fc.nat(), value: fc.nat(255) }), { maxLength: 6 }),
    cut: fc.option(fc.nat()),
  })
  .map(({ log, flips, cut }): RawScriptedLog => {
    const data = Buffer.from(log.data.slice(2), 'hex')
    if (data.length > 0) for (const { at, value } of flips) data[at % data.length] = value
    const length = cut === null ? data.length : cut % (data.length + 1)
    return { ...log, data: `0x${data.subarray(0, length).toString('hex')}` }
  })

/** Random logs of one block. */
export const randomLogs = fc.array(fc.oneof(garbage, altered), { maxLength: 8 })
