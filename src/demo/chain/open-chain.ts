import { rm } from 'node:fs/promises'
import type { DemoHome } from '../demo-home'
import { type LocalAnvil, type LocalAnvilOptions, startAnvil } from '../local-anvil'
import { recordProcess } from '../process/leftovers'
import { type DemoScript, GENESIS_TIMESTAMP } from '../story/script'
import { DemoChain } from './demo-chain'
import { contractBytecode, deploymentOf, recordDeployment, wasMadeWith } from './deployment'
import { hasChainState } from './state-file'

const ACCOUNTS = 20
/** Enough for every reorg that a visitor may try; all states for ever would fill the memory. */
const KEEP_STATES = 256
const BLOCK_SECONDS = 12

/** The demo's chain with the contract and the whole script on it. */
export interface OpenChain {
  readonly node: LocalAnvil
  readonly chain: DemoChain
  /** A new chain: what a database holds of an older one is of no use. */
  readonly fresh: boolean
}

/** What opening a chain needs. */
export interface OpenChainOptions {
  readonly home: DemoHome
  readonly script: DemoScript
  /** Told of the node as soon as it runs, so that it is stopped whatever comes next. */
  readonly onNode: (node: LocalAnvil) => void
  readonly say: (line: string) => void
  readonly onProgress: (done: number, total: number) => void
  readonly signal: AbortSignal
}

/** Goes on with the saved chain, or starts one and plays the script on it. */
export async function openChain(options: OpenChainOptions): Promise<OpenChain> {
  const { home, script, say } = options
  const bytecode = await contractBytecode()
  const deployment = deploymentOf(bytecode, script)
  if (await isUsable(home, say)) {
    if (await wasMadeWith(deployment, home.deploymentFile)) {
      const node = await startNode(options)
      const chain = new DemoChain(node.url)
      if (await chain.hasContract()) return { node, chain, fresh: false }
      say('the contract is missing on the saved chain: starting a new chain and database')
      await node.stop()
    } else {
      say('the saved chain is unfinished or of another version: starting a new chain and database')
    }
  }
  await rm(home.chainFile, { force: true })
  await rm(home.deploymentFile, { force: true })
  const node = await startNode(options)
  const chain = new DemoChain(node.url)
  await chain.deploy(bytecode, GENESIS_TIMESTAMP + BLOCK_SECONDS)
  await play(chain, options)
  await node.saveState()
  await recordDeployment(deployment, home.deploymentFile)
  return { node, chain, fresh: true }
}

async function isUsable({ chainFile }: DemoHome, say: (line: string) => void): Promise<boolean> {
  try {
    return await hasChainState(chainFile)
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)} Doing so.`)
    return false
  }
}

async function startNode({ home, onNode }: OpenChainOptions): Promise<LocalAnvil> {
  const options: LocalAnvilOptions = {
    statePath: home.chainFile,
    mining: 'manual',
    accounts: ACCOUNTS,
    genesisTimestamp: GENESIS_TIMESTAMP,
    keepStates: KEEP_STATES,
    cacheDir: home.anvilDir,
    logFile: `${home.logDir}/anvil.log`,
  }
  const node = await startAnvil(options)
  if (node.child.pid !== undefined) {
    recordProcess(home.runDir, 'anvil', {
      pid: node.child.pid,
      marks: [home.anvilDir],
      url: node.url,
    })
  }
  onNode(node)
  return node
}

async function play(chain: DemoChain, options: OpenChainOptions): Promise<void> {
  const { script, onProgress, signal } = options
  const total = script.blocks.reduce((sum, block) => sum + block.calls.length, 0)
  let done = 0
  for (const block of script.blocks) {
    signal.throwIfAborted()
    await chain.play(block)
    done += block.calls.length
    onProgress(done, total)
  }
}
