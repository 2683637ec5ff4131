// Compiles src into lib, from nothing: a file that was renamed must not live on in lib, where
// things are loaded by path.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
rmSync(path.join(project, 'lib'), { recursive: true, force: true })
const tsc = path.join(project, 'node_modules/typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', project], { cwd: project, stdio: 'inherit' })
