/**
 * Compiles contracts with the npm `solc` and writes `{Name}.json` (the ABI) and
 * `{Name}.bytecode.json` of each.
 *
 *   node scripts/build-contracts.mjs [--out DIR] [contracts/File.sol:Name ...]
 *
 * Without arguments: contracts/DeviceNFT.sol into abi/.
 *
 * The output depends on the sources and the pinned compiler alone: source names are relative to
 * the project, and the bytecode carries no metadata hash. So a second run must leave no diff,
 * which the tests check.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const require = createRequire(import.meta.url)
const solc = require('solc')
const projectDir = dirname(dirname(fileURLToPath(import.meta.url)))

const settings = {
  // More runs make longer code, which must fit the 24,576 bytes of EIP-170 with room to grow.
  optimizer: { enabled: true, runs: 200 },
  // The oldest that has transient storage: the younger the EVM asked for, the fewer the chains.
  evmVersion: 'cancun',
  metadata: { bytecodeHash: 'none' },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
}

main()

function main() {
  const { values, positionals } = parseArgs({
    options: { out: { type: 'string', default: join(projectDir, 'abi') } },
    allowPositionals: true,
  })
  const targets = positionals.length > 0 ? positionals : ['contracts/DeviceNFT.sol:DeviceNFT']
  mkdirSync(values.out, { recursive: true })
  const contracts = compile([...new Set(targets.map((target) => target.split(':')[0]))])
  for (const target of targets) {
    const [source, name] = target.split(':')
    const artifact = contracts[source]?.[name]
    if (!artifact) fail(`${target} is no contract: expected contracts/File.sol:Name`)
    const bytecode = `0x${artifact.evm.bytecode.object}`
    writeJson(join(values.out, `${name}.json`), artifact.abi)
    writeJson(join(values.out, `${name}.bytecode.json`), { bytecode })
    console.log(
      `${name}: ${artifact.abi.length} ABI entries, ${bytecode.length / 2 - 1} bytes of init code`,
    )
  }
}

/** Compiles sources, named by path in the project. A warning about our own code is fatal too. */
function compile(sourceNames) {
  const sources = Object.fromEntries(
    sourceNames.map((name) => [name, { content: readProject(name) }]),
  )
  const input = { language: 'Solidity', sources, settings }
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: readImport }))
  const problems = (output.errors ?? []).filter(isOurs)
  if (problems.length > 0) fail(problems.map((problem) => problem.formattedMessage).join('\n'))
  return output.contracts
}

function isOurs({ severity, sourceLocation }) {
  return severity === 'error' || !sourceLocation?.file.startsWith('@')
}

/** What the compiler asks for: a file of ours, or of an installed package. Never the network. */
function readImport(name) {
  try {
    const isPackage = name.startsWith('@')
    return { contents: isPackage ? readFileSync(require.resolve(name), 'utf8') : readProject(name) }
  } catch (error) {
    return { error: `${name} cannot be read (${error.message}): is the package installed?` }
  }
}

function readProject(name) {
  return readFileSync(join(projectDir, name), 'utf8')
}

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}

function fail(message) {
  console.error(`build-contracts: ${message}`)
  process.exit(1)
}
