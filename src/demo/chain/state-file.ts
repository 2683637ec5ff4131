import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { demoError } from '../demo-error'

const inflate = promisify(gunzip)

/**
 * Whether there is a saved chain to go on from.
 *
 * @throws DeviceTrailError DEMO_CHAIN_STATE where the file is damaged: anvil would refuse to start.
 */
export async function hasChainState(statePath: string): Promise<boolean> {
  const text = await readFile(statePath, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text !== undefined) assertJson(text, statePath)
  return text !== undefined
}

/**
 * Saves a chain as anvil dumps it (`anvil_dumpState`: gzipped JSON as hex). Written aside, synced
 * and renamed, because a kill in the middle of a write must not cost the chain; anvil's own
 * `--dump-state` writes in place.
 */
export async function writeChainState(statePath: string, dump: string): Promise<void> {
  const json = await inflate(Buffer.from(dump.replace(/^0x/, ''), 'hex'))
  await mkdir(dirname(statePath), { recursive: true })
  const draft = `${statePath}.new`
  const file = await open(draft, 'w')
  try {
    await file.writeFile(json)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, statePath)
}

function assertJson(text: string, statePath: string): void {
  try {
    JSON.parse(text)
  } catch (cause) {
    throw demoError(
      'DEMO_CHAIN_STATE',
      `The saved chain ${statePath} is damaged (${text.length} characters, no JSON).`,
      'Remove the file; the demo starts a new chain.',
      cause,
    )
  }
}
