import { createHash } from 'node:crypto'

const WORDS = 4
const SLOTS_AT_FIRST = 1 << 14
/** Small steps: while the table grows, the old one and the new one are in memory. */
const GROWTH = 1.5
/** From this share on, a free slot is far to seek. */
const FULL = 0.75

/**
 * At which row something was first seen, for a list of any length: 16 bytes a slot instead of the
 * text. Texts are told apart by 96 bits of their hash: of a billion rows, two that differ are taken
 * for the same with a chance of one in 10^11.
 */
export class SeenRows {
  /** Each slot: three words of hash, and the row; a row of 0 marks a free slot. */
  private slots = new Uint32Array(SLOTS_AT_FIRST * WORDS)
  private count = 0

  /**
   * @param row from 1, below 2^32
   * @returns the row at which the text was seen before; undefined if this is the first
   */
  firstRow(text: string, row: number): number | undefined {
    const digest = createHash('sha256').update(text).digest()
    const hash = [0, 4, 8].map((offset) => digest.readUInt32LE(offset))
    const at = this.slotOf(hash)
    const known = this.slots[at + 3]
    if (known) return known
    this.slots.set([...hash, row], at)
    this.count += 1
    if (this.count > (this.slots.length / WORDS) * FULL) this.grow()
    return undefined
  }

  /**
   * Where a hash is, or is to be put: the first word names the slot, the next free one is taken.
   */
  private slotOf(hash: readonly number[]): number {
    const slots = this.slots.length / WORDS
    for (let slot = (hash[0] ?? 0) % slots; ; slot = (slot + 1) % slots) {
      const at = slot * WORDS
      const isFree = this.slots[at + 3] === 0
      if (isFree || hash.every((word, n) => this.slots[at + n] === word)) return at
    }
  }

  private grow(): void {
    const before = this.slots
    this.slots = new Uint32Array(Math.ceil((before.length / WORDS) * GROWTH) * WORDS)
    for (let at = 0; at < before.length; at += WORDS) {
      const slot = before.subarray(at, at + WORDS)
      if (slot[3] !== 0) this.slots.set(slot, this.slotOf([...slot.subarray(0, 3)]))
    }
  }
}
