import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestClient, http } from 'viem'
import { foundry } from 'viem/chains'
import type { DeviceTrailError } from '../domain/errors'
import { hasChainState, writeChainState } from './chain/state-file'
import { demoError } from './demo-error'
import { hasEnded, stopChild } from './process/stop'

/** A local EVM node on loopback, with the well-known development accounts. */
export interface LocalAnvil {
  /** JSON-RPC over HTTP; the same port speaks WebSocket. */
  readonly url: string
  readonly port: number
  /** The node process: its own process group, so that a Ctrl-C of the terminal misses it. */
  readonly child: ChildProcess
  /** Writes the chain to `statePath` as it is now; the file is whole at every moment. */
  saveState(): Promise<void>
  /** Saves the chain where a `statePath` was given, then stops the node. */
  stop(): Promise<void>
}

/** How to start it. All is optional. */
export interface LocalAnvilOptions {
  /** TCP port on 127.0.0.1; a free one where not given. */
  readonly port?: number
  /** The chain is continued from this file, where it exists, and saved to it. */
  readonly statePath?: string
  /** `auto`: a block a transaction; `manual`: by `evm_mine` alone; a number: every so many s. */
  readonly mining?: 'auto' | 'manual' | number
  readonly chainId?: number
  /** Development accounts with 10,000 ether each; 10 where not given. */
  readonly accounts?: number
  /** Unix time in seconds of block 0; now where not given. */
  readonly genesisTimestamp?: number
  /** States kept for reorgs and calls at older blocks; all where not given. Blocks all stay. */
  readonly keepStates?: number
  /** Where the node puts states that it has no memory for; the temp folder where not given. */
  readonly cacheDir?: string
  /** What the node prints until it is up; not kept where not given. */
  readonly logFile?: string
}

const START_TIMEOUT_MS = 30_000
const DUMP_TIMEOUT_MS = 30_000

/**
 * Starts an anvil node; resolves when it answers.
 *
 * @throws DeviceTrailError DEMO_BINARY_MISSING, DEMO_CHAIN_START, DEMO_CHAIN_STATE
 */
export async function startAnvil(options: LocalAnvilOptions = {}): Promise<LocalAnvil> {
  const { statePath } = options
  const resume = statePath !== undefined && (await hasChainState(statePath))
  const args = anvilArguments(options, resume ? statePath : undefined)
  const logFile = options.logFile ?? join(await mkdtemp(join(tmpdir(), 'anvil-')), 'anvil.log')
  const child = await spawnNode(anvilProgram(), args, logFile)
  try {
    const port = await listeningPort(child, logFile)
    const url = `http://127.0.0.1:${port}`
    // Otherwise every call of the indexer's head poll is a line in the log, for ever.
    await clientOf(url).setLoggingEnabled(false)
    const saveState = () => saveStateOf(url, statePath)
    const stop = async () => {
      const save = statePath !== undefined && !hasEnded(child)
      await (save ? saveState() : Promise.resolve()).finally(() => stopChild(child))
    }
    return { url, port, child, saveState, stop }
  } catch (error) {
    await stopChild(child)
    throw error
  } finally {
    if (options.logFile === undefined) await rm(dirname(logFile), { recursive: true, force: true })
  }
}

/** Writes the chain of any running anvil to a file, also of one that a killed run left behind. */
export async function saveStateOf(url: string, statePath: string | undefined): Promise<void> {
  if (statePath === undefined) {
    throw demoError('DEMO_CHAIN_STATE', 'This chain was started without a state file.', 'Give one.')
  }
  await writeChainState(statePath, await clientOf(url).dumpState())
}

function anvilArguments(options: LocalAnvilOptions, loadFrom?: string): string[] {
  const { port = 0, mining = 'auto', chainId, accounts, genesisTimestamp, keepStates } = options
  const { cacheDir = join(tmpdir(), `devicetrail-anvil-${process.getuid?.() ?? 0}`) } = options
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--order', 'fifo'],
    ...(mining === 'manual' ? ['--no-mining'] : []),
    ...(typeof mining === 'number' ? ['--block-time', String(mining)] : []),
    ...flag('--chain-id', chainId),
    ...flag('--accounts', accounts),
    ...flag('--timestamp', genesisTimestamp),
    ...flag('--prune-history', keepStates),
    ...flag('--load-state', loadFrom),
    // Otherwise it writes below the home folder.
    ...['--cache-path', cacheDir],
  ]
}

function flag(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [name, String(value)]
}

function anvilProgram(): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`
  const requireFromHere = createRequire(__filename)
  try {
    // The platform package, not the bin script of `@foundry-rs/anvil`: that one is a Node process
    // around the node, which would take our signals in its place.
    const parent = requireFromHere.resolve('@foundry-rs/anvil/package.json')
    return requireFromHere.resolve(`${name}/bin/anvil`, { paths: [dirname(parent)] })
  } catch (cause) {
    throw demoError(
      'DEMO_BINARY_MISSING',
      `The package "${name}" with the anvil program is not installed.`,
      'Run "npm ci" on this machine, without --omit=optional.',
      cause,
    )
  }
}

async function spawnNode(program: string, args: string[], logFile: string): Promise<ChildProcess> {
  await mkdir(dirname(logFile), { recursive: true })
  // A file, not a pipe: anvil panics when it prints to a pipe whose reader was killed.
  const output = openSync(logFile, 'w')
  try {
    const stdio: ['ignore', number, number] = ['ignore', output, output]
    return spawn(program, args, { stdio, detached: true, cwd: tmpdir() })
  } finally {
    closeSync(output)
  }
}

// Only what the node itself prints proves that it got the port: whoever had a busy port before
// would answer a question just as well.
async function listeningPort(child: ChildProcess, logFile: string): Promise<number> {
  let broken = false
  child.once('error', () => {
    broken = true
  })
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!broken && !hasEnded(child) && performance.now() < deadline) {
    const port = /Listening on [^\n]*:(\d+)/.exec(await readFile(logFile, 'utf8'))?.[1]
    if (port !== undefined) return Number(port)
    await sleep(20)
  }
  throw await startFailed(logFile)
}

function clientOf(url: string) {
  const transport = http(url, { retryCount: 0, timeout: DUMP_TIMEOUT_MS })
  return createTestClient({ mode: 'anvil', chain: foundry, transport })
}

async function startFailed(logFile: string): Promise<DeviceTrailError> {
  const tail = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-5).join('\n')
  return demoError(
    'DEMO_CHAIN_START',
    `anvil did not start; the end of its log says: ${tail || '(nothing)'}.`,
    'Check that the port is free and that the program may be executed.',
  )
}
