import type { ChildProcess } from 'node:child_process'
import { type OpenChain, openChain } from './chain/open-chain'
import type { DemoHome } from './demo-home'
import { startLocalPostgres } from './local-postgres'
import { childDied, endOf, logFileOf } from './process/children'
import { forgetProcess } from './process/leftovers'
import type { Shutdown } from './shutdown'
import type { DemoScript } from './story/script'
import type { Terminal } from './terminal'

/** One run of the demo. */
export interface Run {
  readonly home: DemoHome
  readonly screen: Terminal
  readonly shutdown: Shutdown
  /** Aborted when the run is to end; the reason says why. */
  readonly halt: AbortController
  readonly script: DemoScript
}

/** Starts the database server; returns its superuser's connection. */
export async function startDatabase({ home, screen, shutdown, halt }: Run): Promise<string> {
  const name = 'database'
  const log = (line: string) => screen.say(name, line)
  const logFile = logFileOf(home, name)
  const server = await startLocalPostgres({ dataDir: home.postgresDir, logFile, log })
  shutdown.add(name, server.stop)
  haltWithIt(server.child, name, logFile, halt)
  log(`Postgres on port ${server.port}`)
  return server.url
}

/** Starts the chain, with the contract and the script on it. */
export async function startChain(run: Run): Promise<OpenChain> {
  const { home, screen, shutdown, halt, script } = run
  const name = 'chain'
  halt.signal.throwIfAborted()
  const opened = await openChain({
    home,
    script,
    say: (line) => screen.say(name, line),
    signal: halt.signal,
    onProgress: (done, total) => screen.progress(name, 'playing the script', done, total),
    onNode: ({ stop }) => {
      shutdown.add(name, () => stop().finally(() => forgetProcess(home.runDir, 'anvil')))
    },
  })
  haltWithIt(opened.node.child, name, logFileOf(home, 'anvil'), halt)
  const { height } = await opened.chain.head()
  const how = opened.fresh ? 'new' : 'continued'
  screen.say(name, `anvil on port ${opened.node.port}, ${how}, at block ${height}`)
  return opened
}

// While the run ends anyway, the abort changes nothing: the first reason stands.
function haltWithIt(
  child: ChildProcess,
  name: string,
  logFile: string,
  halt: AbortController,
): void {
  void endOf(child).then(async (end) => {
    if (!halt.signal.aborted) halt.abort(await childDied({ name, logFile }, end))
  })
}
