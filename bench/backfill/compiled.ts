import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { PROJECT } from './child-process'

const OUT = path.join(PROJECT, '.bench/backfill-compiled')
const CONFIG = 'bench/backfill/processes/tsconfig.json'
const COMPILE_MS = 10 * 60_000
let done = false

/**
 * Compiles the programs below `processes`, once: an indexer would be charged for the memory and the
 * start of a TypeScript loader, which `devicetrail` does not need either.
 *
 * @throws Error with what the compiler says
 */
export function compileProcesses(): void {
  if (done) return
  rmSync(OUT, { recursive: true, force: true })
  const tsc = path.join(PROJECT, 'node_modules/typescript/bin/tsc')
  // The type check is the linter's affair.
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', CONFIG, '--noCheck'], {
    cwd: PROJECT,
    encoding: 'utf8',
    timeout: COMPILE_MS,
  })
  if (status !== 0) throw new Error(`${CONFIG} was not compiled:\n${stdout}`)
  // The entities are those that typeorm-config loads from the build; Node follows the link to them.
  symlinkSync(path.join(PROJECT, 'lib'), path.join(OUT, 'lib'), 'dir')
  done = true
}

/** Path of a compiled program. */
export function compiledScript(name: string): string {
  const file = path.join(OUT, 'bench/backfill/processes', `${name}.js`)
  if (!existsSync(file)) throw new Error(`${file} is missing: compileProcesses makes it`)
  return file
}
