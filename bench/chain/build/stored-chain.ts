import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { bloomOf } from '../../../src/ingest/node-guard/bloom'
import { timestampAt } from '../../ledger/raw-batches'
import { type EventBlock, eventBlocks } from './event-blocks'
import { GrowingFile } from './growing-file'
import { contentText, logWriter } from './log-text'
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
  /** Where its text begins in BLOCKS_FILE, in bytes; one more, for the end. */
  readonly blockOffsets: readonly number[]
  /** Where its logs begin in LOGS_FILE, in bytes; one more, for the end. */
  readonly logOffsets: readonly number[]
  /** Logs of ours. */
  readonly logs: readonly number[]
  /** Transactions of ours. */
  readonly transactions: readonly number[]
}

/** Blocks as a gateway serves them, in JSON, so that a stretch of the file is part of an answer. */
export const BLOCKS_FILE = 'blocks.jsonl'
/** Logs as a node serves them; a stretch of it is part of an answer too. */
export const LOGS_FILE = 'logs.jsonl'
/** 256 bytes for each block: the bloom filter of our logs alone. */
export const BLOOMS_FILE = 'blooms.bin'
/** A `ChainIndex`. */
export const INDEX_FILE = 'index.json'
/** Between two blocks, and between two logs. */
export const SEPARATOR = ',\n'

/**
 * Writes the logs of ours into a new folder. Memory is bounded by the units that are alive, and
 * some numbers for each block, not by the logs.
 */
export async function writeChain(
  folder: string,
  shape: ChainShape,
  progress: Progress,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const create = (name: string) => GrowingFile.create(path.join(folder, name))
  const files = {
    blocks: await create(BLOCKS_FILE),
    logs: await create(LOGS_FILE),
    blooms: await create(BLOOMS_FILE),
  }
  try {
    const index = await writeBlocks(shape, files, progress)
    await writeFile(path.join(folder, INDEX_FILE), JSON.stringify(index))
  } finally {
    for (const file of Object.values(files)) await file.close()
  }
}

async function writeBlocks(
  shape: ChainShape,
  files: Record<'blocks' | 'logs' | 'blooms', GrowingFile>,
  progress: Progress,
): Promise<ChainIndex> {
  const names = new ChainNames(shape)
  const topics = new Set<string>()
  const heights: number[] = []
  const blockOffsets = [0]
  const logOffsets = [0]
  const logs: number[] = []
  const transactions: number[] = []
  let done = 0
  for (const block of eventBlocks(shape, names)) {
    blockOffsets.push(await files.blocks.append(blockText(block, names) + SEPARATOR))
    logOffsets.push(await files.logs.append(logsText(block, names)))
    await files.blooms.append(Buffer.from(bloomOf(block.logs).slice(2), 'hex'))
    for (const log of block.logs) topics.add(log.topics[0] ?? '')
    heights.push(block.height)
    logs.push(block.logs.length)
    transactions.push(block.transactions)
    done += block.logs.length
    progress(done, shape.events)
  }
  return { shape, topics: [...topics], heights, blockOffsets, logOffsets, logs, transactions }
}

function blockText({ height, logs }: EventBlock, names: ChainNames): string {
  return `{"header":${headerText(height, names)},"logs":${JSON.stringify(logs)}}`
}

function logsText({ height, logs }: EventBlock, names: ChainNames): string {
  const write = logWriter(names, height)
  return logs.map((log) => write(log, contentText(log)) + SEPARATOR).join('')
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
