import type { NodeHeader } from '../rpc-gateway/final-blocks'
import type { BlockSource } from './block-source'
import { type Block, type Header, quantity } from './chain-block'
import { RpcError } from './faults'
import type { Lanes } from './lanes'

/** Providers refuse larger batches. */
const HEADERS_OF_ONE_CALL = 100

/** A header, and the fields of it that are passed on. */
export interface KnownHeader extends Header {
  wanted: NodeHeader
}

/** Headers at some heights, each asked for once however often it is wanted. */
export type HeadersAt = (heights: readonly number[]) => Promise<ReadonlyMap<number, KnownHeader>>

/** Reads headers of blocks far apart, many in a request and several requests at once. */
export class ScatteredHeaders {
  private ofOneCall = HEADERS_OF_ONE_CALL

  constructor(
    private readonly blocks: BlockSource,
    private readonly lanes: Lanes,
  ) {}

  /** @param fields what is passed on beside number and hashes; the rest takes no memory */
  reader(fields: readonly string[]): HeadersAt {
    const known = new Map<number, KnownHeader>()
    return async (heights) => {
      const missing = [...new Set(heights)].filter((height) => !known.has(height))
      missing.sort((a, b) => a - b)
      const groups: number[][] = []
      for (let at = 0; at < missing.length; at += this.ofOneCall) {
        groups.push(missing.slice(at, at + this.ofOneCall))
      }
      const read = async (group: number[]) => {
        for (const block of await this.fetch(group)) known.set(block.number, slim(block, fields))
      }
      await Promise.all(groups.map((group) => this.lanes.run(() => read(group))))
      return new Map(heights.flatMap((height) => entryOf(known, height)))
    }
  }

  private async fetch(heights: readonly number[]): Promise<Block[]> {
    try {
      return await this.blocks.byNumber(heights)
    } catch (error) {
      if (!(error instanceof RpcError) || heights.length === 1) throw error
      // What is refused as a whole is perhaps taken in halves; that is remembered.
      const middle = Math.ceil(heights.length / 2)
      if (/batch/i.test(error.message)) this.ofOneCall = Math.min(this.ofOneCall, middle)
      const lower = await this.fetch(heights.slice(0, middle))
      return [...lower, ...(await this.fetch(heights.slice(middle)))]
    }
  }
}

function entryOf(known: ReadonlyMap<number, KnownHeader>, height: number) {
  const header = known.get(height)
  return header === undefined ? [] : [[height, header] as const]
}

function slim({ number, hash, parentHash, logsBloom, raw }: Block, fields: readonly string[]) {
  const wanted: NodeHeader = { number: quantity(number), hash, parentHash }
  for (const field of fields) if (field in raw) wanted[field] = Reflect.get(raw, field)
  return { number, hash, parentHash, logsBloom, wanted }
}
