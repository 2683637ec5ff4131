import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isProcess } from '../../src/demo/process/identity'

const PREFIX = 'devicetrail-test-'
const OWNER_FILE = 'owner.pid'

/**
 * A new folder in the temp folder that other accounts may enter (Postgres under root is one).
 * Folders of runs that were killed are removed on this occasion.
 */
export async function makeTempFolder(): Promise<string> {
  await sweep()
  const folder = mkdtempSync(join(tmpdir(), PREFIX))
  await chmod(folder, 0o755)
  writeFileSync(join(folder, OWNER_FILE), String(process.pid))
  return folder
}

/** Removes it with everything in it. */
export async function dropTempFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name)
    const owner = Number.parseInt(read(join(folder, OWNER_FILE)), 10)
    if (Number.isNaN(owner) || isProcess(owner, [])) continue
    const server = Number.parseInt(read(join(folder, 'data', 'postmaster.pid')), 10)
    if (!Number.isNaN(server) && isProcess(server, ['postgres', folder])) {
      process.kill(server, 'SIGQUIT')
    }
    await dropTempFolder(folder)
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
