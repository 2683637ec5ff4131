// Regenerates everything that is generated, in order: ABI and bytecode, event decoders, entities.
// The drift test runs the same.
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

function run(script, ...args) {
  execFileSync(process.execPath, [path.join(project, script), ...args], {
    cwd: project,
    stdio: 'inherit',
  })
}

run('scripts/build-contracts.mjs')
run(
  'node_modules/@subsquid/evm-typegen/bin/run.js',
  'src/abi',
  'abi/DeviceNFT.json',
  'abi/ERC2309.json',
)
run('node_modules/@subsquid/typeorm-codegen/bin/run.js')
