import { type FileHandle, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { FOREIGN_BLOOMS, foreignAt } from './build/foreign'
import { ChainNames } from './build/names'
import { type ChainShape, headHeight } from './build/shape'
import {
  BLOCKS_FILE,
  BLOOMS_FILE,
  type ChainIndex,
  INDEX_FILE,
  LOGS_FILE,
  SEPARATOR,
} from './build/stored-chain'

const BLOOM_BYTES = 256

/**
 * A chain that was built: its index and blooms in memory, the logs of ours on disk, everything else
 * computed from the height. "Position" counts the blocks that have logs of ours, from 0 on.
 */
export class Chain {
  readonly names: ChainNames
  /** Height of the last block. */
  readonly head: number

  private constructor(
    readonly folder: string,
    private readonly index: ChainIndex,
    private readonly blooms: Buffer,
    private readonly blocks: FileHandle,
    private readonly logs: FileHandle,
  ) {
    this.names = new ChainNames(index.shape)
    this.head = headHeight(index.shape)
  }

  /** Of a folder that `writeChain` filled. */
  static async open(folder: string): Promise<Chain> {
    const index: ChainIndex = JSON.parse(await readFile(path.join(folder, INDEX_FILE), 'utf8'))
    const blooms = await readFile(path.join(folder, BLOOMS_FILE))
    const blocks = await open(path.join(folder, BLOCKS_FILE))
    return new Chain(folder, index, blooms, blocks, await open(path.join(folder, LOGS_FILE)))
  }

  get shape(): ChainShape {
    return this.index.shape
  }

  /** Every first topic that a log of ours has. */
  get topics(): readonly string[] {
    return this.index.topics
  }

  /** How many blocks have logs of ours. */
  get eventBlocks(): number {
    return this.index.heights.length
  }

  /** Position of the first block with logs of ours that is not below a height. */
  positionFrom(height: number): number {
    const { heights } = this.index
    let [low, high] = [0, heights.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((heights[middle] ?? 0) < height) low = middle + 1
      else high = middle
    }
    return low
  }

  /** NaN for a position that does not exist. */
  heightAt(position: number): number {
    return this.index.heights[position] ?? Number.NaN
  }

  /** How many logs of ours the block at a position has. */
  logsAt(position: number): number {
    return this.index.logs[position] ?? 0
  }

  /** How many transactions the block at a height has, ours and others'. */
  transactionsIn(height: number): number {
    const position = this.positionFrom(height)
    const own = this.heightAt(position) === height ? (this.index.transactions[position] ?? 0) : 0
    return own + this.foreignLogsIn(height)
  }

  foreignLogsIn(height: number): number {
    return height === 0 ? 0 : this.shape.foreignLogsPerBlock
  }

  /** Blocks as a gateway has them, from a position up to, without, another: parts of a list. */
  blockBytes(from: number, to: number): Promise<Buffer> {
    return this.stretch(this.blocks, this.index.blockOffsets, from, to)
  }

  /** Logs of ours as a node has them, from a position up to, without, another: parts of a list. */
  logBytes(from: number, to: number): Promise<Buffer> {
    return this.stretch(this.logs, this.index.logOffsets, from, to)
  }

  /** The logs of ours as a node has them, a list for each block. */
  async logTexts(from: number, to: number): Promise<string[][]> {
    const texts = (await this.logBytes(from, to)).toString('latin1').split(SEPARATOR)
    let next = 0
    return Array.from({ length: to - from }, (_, n) => {
      const start = next
      next += this.logsAt(from + n)
      return texts.slice(start, next)
    })
  }

  /** The bloom filter over all logs of a block, 0x and 512 digits. */
  bloom(height: number): string {
    const bloom = Buffer.alloc(BLOOM_BYTES)
    const position = this.positionFrom(height)
    if (this.heightAt(position) === height) {
      this.blooms.copy(bloom, 0, position * BLOOM_BYTES, (position + 1) * BLOOM_BYTES)
    }
    for (let n = this.foreignLogsIn(height) - 1; n >= 0; n--) {
      for (const [at, byte] of FOREIGN_BYTES[foreignAt(height, n)] ?? []) {
        bloom[at] = (bloom[at] ?? 0) | byte
      }
    }
    return `0x${bloom.toString('hex')}`
  }

  async close(): Promise<void> {
    await this.blocks.close()
    await this.logs.close()
  }

  private async stretch(
    file: FileHandle,
    offsets: readonly number[],
    from: number,
    to: number,
  ): Promise<Buffer> {
    const [start = 0, end = start] = [offsets[from], offsets[to]]
    if (from >= to) return Buffer.alloc(0)
    const bytes = Buffer.allocUnsafe(end - start - SEPARATOR.length)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
    if (bytesRead === bytes.length) return bytes
    throw new Error(
      `${this.folder} is damaged: ${bytesRead} of ${bytes.length} bytes at ${start}; remove it`,
    )
  }
}

/** The bytes that are not 0, of which a template has a dozen. */
const FOREIGN_BYTES: readonly (readonly [at: number, byte: number])[][] = FOREIGN_BLOOMS.map(
  (bloom) => [...bloom.entries()].filter(([, byte]) => byte !== 0),
)
