import { hexToBytes, keccak256 } from 'viem'

const BLOOM_BYTES = 256

/**
 * The bloom filter of a block header, exact for its logs: three bits for each address and each
 * topic (Yellow Paper, section 4.3.1).
 */
export function logsBloom(logs: readonly { address: string; topics: readonly string[] }[]): string {
  const bloom = Buffer.alloc(BLOOM_BYTES)
  for (const item of new Set(logs.flatMap(({ address, topics }) => [address, ...topics]))) {
    const hash = keccak256(hexToBytes(item as `0x${string}`), 'bytes')
    for (const at of [0, 2, 4]) {
      const bit = (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 2047
      const byte = BLOOM_BYTES - 1 - (bit >> 3)
      bloom[byte] = (bloom[byte] ?? 0) | (1 << (bit & 7))
    }
  }
  return `0x${bloom.toString('hex')}`
}
