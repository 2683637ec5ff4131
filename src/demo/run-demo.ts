import { waitForHeight } from './api-readiness'
import { CONTRACT_ADDRESS, type DemoChain } from './chain/demo-chain'
import { keepActive } from './chain/live-activity'
import { demoHome, occupy, vacate } from './demo-home'
import { type Run, startChain, startDatabase } from './foundations'
import { openDemoDatabase } from './postgres/demo-database'
import { firstFreePort } from './process/free-port'
import { graphqlUrl, welcome } from './screen'
import { startServices } from './services'
import { Shutdown } from './shutdown'
import { demoScript } from './story/script'
import { type Output, type Terminal, terminal } from './terminal'

/** Settings of the demo. */
export interface DemoOptions {
  /** Data folder; made where it is missing. */
  readonly home: string
  /** Wanted port of the API; the next free one is taken where it is busy. */
  readonly port: number
  /** Wanted port of the indexer's metrics; likewise. */
  readonly metricsPort: number
  /** Pause between two activities in ms. */
  readonly activityMs?: number
  /** Where to print; the standard output where not given. */
  readonly output?: Output
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** Reason of a halt that a person asked for. */
const ASKED_TO_STOP = Symbol('asked to stop')
const INDEXING_TIMEOUT_MS = 120_000

/**
 * Runs the whole of DeviceTrail on this machine until SIGINT or SIGTERM, with nothing but Node
 * installed: a database, a chain, the contract with a history, the indexer, the API, and new
 * activity. Resolves when all children are stopped.
 *
 * @throws DeviceTrailError with a DEMO_ code; everything is stopped by then
 */
export async function runDemo(options: DemoOptions): Promise<void> {
  const screen = terminal(options.output ?? process.stdout)
  const home = demoHome(options.home)
  await occupy(home, (line) => screen.say('demo', line))
  const halt = new AbortController()
  const shutdown = new Shutdown()
  const onSignal = (signal: NodeJS.Signals) => {
    screen.print(`\n${signal}: ${halt.signal.aborted ? 'already stopping' : 'stopping'}`)
    halt.abort(ASKED_TO_STOP)
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  try {
    await live({ home, screen, shutdown, halt, script: demoScript() }, options)
  } catch (error) {
    if (error !== ASKED_TO_STOP) throw error
  } finally {
    await shutdown.run(screen.say)
    vacate(home)
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
}

async function live(run: Run, options: DemoOptions): Promise<void> {
  const { home, screen, halt, script } = run
  const adminUrl = await startDatabase(run)
  const opened = await startChain(run)
  const databaseUrl = await openDemoDatabase(adminUrl, opened.fresh)
  const apiPort = await choosePort(screen, 'api', options.port)
  const metricsPort = await choosePort(screen, 'metrics', options.metricsPort, [apiPort])
  const chainUrl = opened.node.url
  halt.signal.throwIfAborted()
  const settings = { chainUrl, databaseUrl, apiPort, metricsPort }
  const onFailure = (error: Error) => halt.abort(error)
  await startServices({ ...run, settings, onFailure })
  await waitForIndexing(run, opened.chain, apiPort)
  const { highlights } = script
  const contract = CONTRACT_ADDRESS.toLowerCase()
  screen.print(welcome({ home: home.root, ...settings, contract, highlights }))
  await keepActive(
    {
      chain: opened.chain,
      everyMs: options.activityMs ?? 3_000,
      say: (line) => screen.say(clock(), line),
      save: opened.node.saveState,
    },
    halt.signal,
  )
  halt.signal.throwIfAborted()
}

async function choosePort(
  screen: Terminal,
  part: string,
  wanted: number,
  taken: readonly number[] = [],
): Promise<number> {
  const port = await firstFreePort(wanted, taken)
  if (port !== wanted) screen.say(part, `port ${wanted} is busy: using ${port}`)
  return port
}

async function waitForIndexing({ screen, halt }: Run, chain: DemoChain, apiPort: number) {
  const { height } = await chain.head()
  const inTime = await waitForHeight(graphqlUrl(apiPort), height, {
    signal: halt.signal,
    timeoutMs: INDEXING_TIMEOUT_MS,
    onHeight: (indexed) =>
      screen.progress('indexer', 'indexed block', Math.max(indexed, 0), height),
  })
  if (!inTime) screen.say('indexer', 'is still behind; the answers will be complete later')
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8)
}
