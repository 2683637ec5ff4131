import { type FileHandle, mkdir, open, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { bloomOf } from '../../../src/ingest/node-guard/bloom'
import { timestampAt } from '../../ledger/raw-batches'
import { type EventBlock, eventBlocks } from './event-blocks'
import { ChainNames } from './names'
import type { ChainShape } from './shape'

/** Told how many logs of how many are written. */
export type Progress = (done: number, of: number) => void

/** What lies where in the files of a chain: one number for each block with logs of ours. */
export interface ChainIndex {
  readonly shape: ChainShape
  /** Every first topic that a log of ours has. */
  readonly topics: readonly string[]
  readonly heights: readonly number[]
  /** Where its text begins in BLOCKS_FILE, in bytes; one more: the file's size and a separator. */
  readonly offsets: readonly number[]
  /** Logs of ours. */
  readonly logs: readonly number[]
  /** Transactions of ours. */
  readonly transactions: readonly number[]
}

/** Blocks as a gateway serves them, in JSON, so that a stretch of the file is part of an answer. */
export const BLOCKS_FILE = 'blocks.jsonl'
/** 256 bytes for each block: the bloom filter of our logs alone. */
export const BLOOMS_FILE = 'blooms.bin'
/** A `ChainIndex`. */
export const INDEX_FILE = 'index.json'
/** Between two blocks. */
export const SEPARATOR = ',\n'

const FLUSH_BYTES = 4 * 1024 * 1024

/** Writes the logs of ours into a new folder. Memory is bounded by the units alive, not the logs. */
export async function writeChain(
  folder: string,
  shape: ChainShape,
  progress: Progress,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const blocks = await open(path.join(folder, BLOCKS_FILE), 'w')
  const blooms = await open(path.join(folder, BLOOMS_FILE), 'w')
  try {
    const index = await writeBlocks(shape, { blocks, blooms }, progress)
    await writeFile(path.join(folder, INDEX_FILE), JSON.stringify(index))
  } finally {
    await blocks.close()
    await blooms.close()
  }
}

async function writeBlocks(
  shape: ChainShape,
  files: { blocks: FileHandle; blooms: FileHandle },
  progress: Progress,
): Promise<ChainIndex> {
  const names = new ChainNames(shape)
  const topics = new Set<string>()
  const index = {
    heights: [] as number[],
    offsets: [0],
    logs: [] as number[],
    transactions: [] as number[],
  }
  let [texts, blooms, offset, flushed, done]: [string[], Buffer[], number, number, number] = [
    [],
    [],
    0,
    0,
    0,
  ]
  const flush = async () => {
    // All of it is ASCII: as many bytes as characters.
    await files.blocks.writeFile(texts.join(''), 'latin1')
    await files.blooms.writeFile(Buffer.concat(blooms))
    flushed = offset
    texts = []
    blooms = []
    progress(done, shape.events)
  }
  for (const block of eventBlocks(shape, names)) {
    const text = blockText(block, names) + SEPARATOR
    texts.push(text)
    blooms.push(Buffer.from(bloomOf(block.logs).slice(2), 'hex'))
    for (const log of block.logs) topics.add(log.topics[0] ?? '')
    offset += text.length
    done += block.logs.length
    index.heights.push(block.height)
    index.offsets.push(offset)
    index.logs.push(block.logs.length)
    index.transactions.push(block.transactions)
    if (offset - flushed >= FLUSH_BYTES) await flush()
  }
  await flush()
  return { shape, topics: [...topics], ...index }
}

function blockText({ height, logs }: EventBlock, names: ChainNames): string {
  return `{"header":${headerText(height, names)},"logs":${JSON.stringify(logs)}}`
}

/** The header of a block as a gateway serves it. */
export function headerText(height: number, names: ChainNames): string {
  return JSON.stringify({
    number: height,
    hash: names.block(height),
    parentHash: names.block(height - 1),
    timestamp: timestampAt(height) / 1000,
  })
}
