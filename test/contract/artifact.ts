import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Abi, Hex } from 'viem'

const run = promisify(execFile)

export const PROJECT_DIR = join(__dirname, '../..')
export const ABI_DIR = join(PROJECT_DIR, 'abi')

/** What the compiler made of one contract. */
export interface Artifact {
  readonly abi: Abi
  readonly bytecode: Hex
}

/** Reads what the contract build wrote into a folder. */
export async function readArtifact(name: string, dir = ABI_DIR): Promise<Artifact> {
  const abi: Abi = JSON.parse(await readFile(join(dir, `${name}.json`), 'utf8'))
  const { bytecode }: { bytecode: Hex } = JSON.parse(
    await readFile(join(dir, `${name}.bytecode.json`), 'utf8'),
  )
  return { abi, bytecode }
}

/** Runs the contract build as a newcomer would, into `dir`. Targets: `contracts/File.sol:Name`. */
export async function buildContracts(dir: string, ...targets: string[]): Promise<void> {
  await run(process.execPath, ['scripts/build-contracts.mjs', '--out', dir, ...targets], {
    cwd: PROJECT_DIR,
  })
}
