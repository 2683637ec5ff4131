import { EndpointFault } from './faults'

/** What the guard remembers of a block. */
export interface Header {
  number: number
  hash: string
  parentHash: string
  logsBloom: string
}

/** A block as an endpoint gave it. */
export interface Block extends Header {
  /** The whole answer, which is passed on as it is. */
  raw: object
}

const HASH = /^0x[0-9a-f]{64}$/
const BLOOM = /^0x[0-9a-f]{512}$/
const TIMESTAMP = /^0x[0-9a-f]{1,16}$/
const QUANTITY = /^0x[0-9a-f]{1,13}$/

/**
 * Reads the answer to a question for a block that must exist. Only its form is checked: a header
 * alone carries no proof of its hash, so what makes a block trustworthy is that its neighbours link
 * to it (see chain-view.ts).
 *
 * @throws EndpointFault behind where there is none, malformed
 */
export function readBlock(answer: unknown, wanted: string): Block {
  if (answer === null || answer === undefined) {
    throw new EndpointFault('behind', `there is no block ${wanted}`)
  }
  const { number, hash, parentHash, logsBloom, timestamp } = Object(answer)
  const isLinked = isHash(hash) && isHash(parentHash) && isQuantity(number)
  if (!isLinked || !BLOOM.test(logsBloom) || !TIMESTAMP.test(timestamp)) {
    throw new EndpointFault('malformed', `the answer for block ${wanted} is no block`)
  }
  return { number: Number(number), hash, parentHash, logsBloom, raw: Object(answer) }
}

/** 32 bytes in lower case. */
export function isHash(value: unknown): value is string {
  return typeof value === 'string' && HASH.test(value)
}

/** A JSON-RPC number below 2^52. */
export function isQuantity(value: unknown): value is string {
  return typeof value === 'string' && QUANTITY.test(value)
}

/** A number as JSON-RPC writes it. */
export function quantity(value: number): string {
  return `0x${value.toString(16)}`
}
