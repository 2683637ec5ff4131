import { execFile } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Random } from '../../bench/random'
import { ledgerContent } from '../support/ledger-content'
import { cleanRun, differences } from './parts/clean-run'
import type { DatabaseServer } from './parts/database-server'
import { blocksOf, Histories } from './parts/histories'
import { BUILT, Indexer } from './parts/indexer'
import { Look } from './parts/look'
import { Supply } from './parts/supply'
import { Watch } from './parts/watch'
import { FINALITY_BLOCKS, FORK_DEPTH_MAX } from './round-plan'
import { ScriptedNode } from './scripted-node'
import { judgeSoak, type SoakSample, type SoakVerdict } from './soak-verdict'
import { CONTRACTS_SETTING } from './world'

/** The demo does something every 3 s; this is 50 times as often. */
const ACTIVITY_MS = 60
/** Every so manieth fork goes beyond finality. */
const DEEP_FORK_EVERY = 4
const SAMPLE_MS = 500
const END_MS = 60_000

export interface SoakOptions {
  seconds: number
  forkEverySeconds: number
  seed: number
  /** Blocks by which the lag may grow; by default ten, which is little more than one look. */
  lagGrowthMax?: number
  sampled?: (sample: SoakSample) => void
}

export interface SoakResult extends SoakVerdict {
  blocks: number
  rows: number
  forks: number
  log: string
}

/**
 * Traffic for as long as asked, with forks: memory has to stay flat and the lag where it is, and at
 * the end the ledger has to be that of a clean run and consistent.
 */
export async function soak(server: DatabaseServer, options: SoakOptions): Promise<SoakResult> {
  const histories = new Histories(FINALITY_BLOCKS)
  const supply = new Supply(options.seed, histories)
  const node = await ScriptedNode.start(supply.chain)
  const [url, cleanUrl] = [await server.create(), await server.create()]
  const environment = { RPC_URL: node.url, CONTRACTS: CONTRACTS_SETTING, DB_URL: url }
  const settings = { FINALITY_BLOCKS: String(FINALITY_BLOCKS), HEAD_POLL_MS: '50' }
  const holds = { METRICS_PORT: '0', REORG_CONFIRM_MS: '300' }
  const indexer = new Indexer({ ...environment, ...settings, ...holds })
  const [look, watchLook] = [new Look(url), new Look(url)]
  const watch = new Watch(watchLook, histories)
  try {
    indexer.start()
    const { samples, forks } = await traffic({ supply, indexer, look }, options)
    const verdict = judgeSoak(samples, options.lagGrowthMax)
    await atHead(look, supply)
    const content = await ledgerContent(look.sql)
    const unlike = differences(content, await cleanRun(cleanUrl, blocksOf(supply.chain)))
    const check = await checkAgainstChain(environment)
    const findings = [...verdict.findings, ...unlike, ...check, ...watch.violations]
    const rows = Object.values(content).flat().length
    const blocks = supply.chain.head.height
    return { ...verdict, findings, blocks, rows, forks, log: indexer.output }
  } finally {
    await indexer.kill()
    await watch.stop()
    await watchLook.close()
    await look.close()
    await node.close()
    await server.drop(url)
    await server.drop(cleanUrl)
  }
}

interface Soaked {
  supply: Supply
  indexer: Indexer
  look: Look
}

async function traffic(soaked: Soaked, options: SoakOptions) {
  const { supply } = soaked
  const random = new Random(options.seed)
  const began = Date.now()
  const samples: SoakSample[] = []
  let [blocks, forks, sampleAt] = [0, 0, began]
  for (let now = began; now < began + options.seconds * 1_000; now = Date.now()) {
    // As many as the time asks for, also where this process was late.
    for (; blocks * ACTIVITY_MS < now - began; blocks++) supply.grow()
    if ((forks + 1) * options.forkEverySeconds * 1_000 < now - began) {
      const isDeep = ++forks % DEEP_FORK_EVERY === 0
      supply.fork(1 + random.below(isDeep ? FORK_DEPTH_MAX : FINALITY_BLOCKS - 1))
    }
    if (now >= sampleAt) {
      const sample = await takeSample(soaked, (now - began) / 1_000)
      samples.push(sample)
      options.sampled?.(sample)
      sampleAt = now + SAMPLE_MS
    }
    await sleep(10)
  }
  return { samples, forks }
}

async function takeSample({ supply, indexer, look }: Soaked, at: number): Promise<SoakSample> {
  const { height } = supply.chain.head
  const lag = height - (await headOf(look)).height
  return { at, memory: indexer.memory(), lag, height }
}

async function headOf(look: Look): Promise<{ height: number; hash: string }> {
  const [head] = await look.sql<{ height: number; hash: string }>(
    `SELECT height, hash FROM squid_processor.hot_block
     UNION ALL SELECT height, hash FROM squid_processor.status ORDER BY height DESC LIMIT 1`,
  )
  return head ?? { height: -1, hash: '0x' }
}

async function atHead(look: Look, supply: Supply): Promise<void> {
  const deadline = Date.now() + END_MS
  supply.grow()
  for (;;) {
    const { hash, height } = await headOf(look)
    if (hash === supply.chain.head.hash) return
    if (Date.now() > deadline) {
      throw new Error(`the indexer is at ${height}, not at ${supply.chain.head.height}`)
    }
    await sleep(50)
  }
}

/** `devicetrail check --chain` as an operator runs it, beside the indexer. */
async function checkAgainstChain(environment: Record<string, string>): Promise<string[]> {
  const args = [path.join(BUILT, 'cli/main.js'), 'check', '--chain', '--sample', '300']
  const env = { PATH: process.env.PATH, ...environment }
  try {
    await promisify(execFile)(process.execPath, args, { env })
    return []
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string }
    return [`devicetrail check ended with ${code}: ${stdout}${stderr}`]
  }
}
