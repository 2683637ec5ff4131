import { hexToBytes, keccak256 } from 'viem'

const BYTES = 256
const CACHE_MAX = 10_000

/** Bits of addresses and topics: the same few come again and again. */
const bitsOf = new Map<string, readonly number[]>()

/** What of a log is in a bloom filter. */
export interface BloomItems {
  address: string
  topics: readonly string[]
}

/**
 * The bloom filter that a header must have for exactly these logs: three bits for each address and
 * topic. It proves that logs are missing or foreign, unless their bits happen to be set by others.
 *
 * @returns 0x and 512 hex digits in lower case
 */
export function bloomOf(logs: readonly BloomItems[]): string {
  const bloom = Buffer.alloc(BYTES)
  for (const { address, topics } of logs) {
    for (const item of [address, ...topics]) {
      for (const bit of bits(item)) setBit(bloom, bit)
    }
  }
  return `0x${bloom.toString('hex')}`
}

/** Whether a header's bloom leaves room for a log. No means that the block has no such log. */
export function bloomAllows(bloom: string, { address, topics }: BloomItems): boolean {
  const bytes = Buffer.from(bloom.slice(2), 'hex')
  return [address, ...topics].every((item) => holds(bytes, item))
}

/**
 * Whether a header's bloom leaves room for any log that a filter matches. No means that the block
 * has none.
 */
export function bloomAllowsAny(
  bloom: string,
  filter: { address?: readonly string[]; topics: readonly (readonly string[] | null)[] },
): boolean {
  const bytes = Buffer.from(bloom.slice(2), 'hex')
  return [filter.address ?? null, ...filter.topics].every(
    (items) => items === null || items.some((item) => holds(bytes, item)),
  )
}

function holds(bloom: Buffer, item: string): boolean {
  return bits(item).every((bit) => ((bloom[byteOf(bit)] ?? 0) & (1 << (bit & 7))) !== 0)
}

function bits(item: string): readonly number[] {
  const known = bitsOf.get(item)
  if (known !== undefined) return known
  const hash = keccak256(hexToBytes(`0x${item.slice(2)}`), 'bytes')
  const found = [0, 2, 4].map((at) => (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 2047)
  if (bitsOf.size >= CACHE_MAX) bitsOf.clear()
  bitsOf.set(item, found)
  return found
}

function byteOf(bit: number): number {
  return BYTES - 1 - (bit >> 3)
}

function setBit(bloom: Buffer, bit: number): void {
  bloom[byteOf(bit)] = (bloom[byteOf(bit)] ?? 0) | (1 << (bit & 7))
}
