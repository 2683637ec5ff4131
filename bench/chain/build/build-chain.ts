import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { isProcess } from '../../../src/demo/process/identity'
import { Chain } from '../chain'
import { type ChainShape, shapeName } from './shape'
import { type Progress, writeChain } from './stored-chain'

const PROJECT = path.resolve(__dirname, '../../..')
const CACHE = path.join(PROJECT, '.bench')
const BUILDING = /\.building-(\d+)$/
/** What the content of a chain depends on beside its shape. */
const SOURCES = [
  ...['event-blocks', 'foreign', 'log-text', 'names', 'shape', 'stored-chain'].map(
    (name) => `bench/chain/build/${name}.ts`,
  ),
  ...['parties', 'raw-batches', 'supply-chain', 'transactions'].map(
    (name) => `bench/ledger/${name}.ts`,
  ),
  'bench/random.ts',
  'test/support/encode-log.ts',
  'abi/DeviceNFT.json',
]

export interface BuildOptions {
  readonly shape: ChainShape
  readonly progress?: Progress
  /** Where chains are kept; `.bench` of the project by default. */
  readonly cache?: string
}

/**
 * The chain of a shape, from the cache, or built into it. A folder gets the name of a chain only
 * when it is whole, so a build that was broken off is never taken for a chain.
 *
 * @throws RangeError where no chain can have such a shape
 */
export async function buildChain(options: BuildOptions): Promise<Chain> {
  const { shape, progress = () => {}, cache = CACHE } = options
  const folder = path.join(cache, `chain-${shapeName(shape)}-${fingerprint()}`)
  if (!existsSync(folder)) await build(folder, shape, progress)
  return Chain.open(folder)
}

async function build(folder: string, shape: ChainShape, progress: Progress): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true })
  await removeStale(folder, shape)
  const draft = `${folder}.building-${process.pid}`
  await writeChain(draft, shape, progress)
  try {
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Another process built the same chain meanwhile: it cannot be replaced, nor need it.
    if (!existsSync(folder)) throw error
  }
}

/** Removes chains of this shape that other code made, and drafts whose process is gone. */
async function removeStale(folder: string, shape: ChainShape): Promise<void> {
  const cache = path.dirname(folder)
  const chain = `chain-${shapeName(shape)}-`
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith('chain-'))) {
    const builder = BUILDING.exec(name)?.[1]
    const isStale = builder === undefined ? name.startsWith(chain) : !isProcess(Number(builder), [])
    if (isStale) await rm(path.join(cache, name), { recursive: true, force: true })
  }
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of SOURCES) hash.update(file).update(readFileSync(path.join(PROJECT, file)))
  return hash.digest('hex').slice(0, 8)
}
