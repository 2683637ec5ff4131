import { join } from 'node:path'
import { CONTRACT_ADDRESS, DEPLOYMENT_BLOCK } from './chain/demo-chain'
import type { DemoHome } from './demo-home'
import { type ChildCommand, runToEnd } from './process/children'
import { keepRunning } from './process/service'
import { CONTRACT_NAME } from './screen'
import type { Shutdown } from './shutdown'
import type { Terminal } from './terminal'

const CLI = join(__dirname, '..', 'cli', 'main.js')

/** What the indexer and the API are told. */
export interface ServiceSettings {
  readonly chainUrl: string
  readonly databaseUrl: string
  readonly apiPort: number
  readonly metricsPort: number
}

/** What starting them needs. */
export interface ServicesOptions {
  readonly home: DemoHome
  readonly settings: ServiceSettings
  readonly screen: Terminal
  readonly shutdown: Shutdown
  readonly onFailure: (error: Error) => void
}

/** Brings the database to the present schema, then starts the indexer and the API as processes. */
export async function startServices(options: ServicesOptions): Promise<void> {
  const { home, settings, screen, shutdown, onFailure } = options
  await runToEnd(home, command('migration', 'migrate', settings))
  for (const [name, verb] of [
    ['indexer', 'index'],
    ['api', 'serve'],
  ] as const) {
    const say = (line: string) => screen.say(name, line)
    const service = keepRunning(home, command(name, verb, settings), { say, onFailure })
    shutdown.add(name, service.stop)
  }
}

function command(name: string, verb: string, settings: ServiceSettings): ChildCommand {
  return { name, cli: CLI, args: [verb], env: environment(settings) }
}

function environment(settings: ServiceSettings): Record<string, string> {
  return {
    RPC_URL: settings.chainUrl,
    CONTRACTS: `${CONTRACT_NAME}=${CONTRACT_ADDRESS.toLowerCase()}@${DEPLOYMENT_BLOCK}`,
    DB_URL: settings.databaseUrl,
    PORT: String(settings.apiPort),
    METRICS_PORT: String(settings.metricsPort),
    FINALITY_BLOCKS: '5',
  }
}
