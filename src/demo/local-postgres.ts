import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { DeviceTrailError } from '../domain/errors'
import { demoError } from './demo-error'
import { type Account, postgresAccount } from './postgres/account'
import { postgresBinaries } from './postgres/binaries'
import { openPostgresData, POSTGRES_ROLE } from './postgres/data-folder'
import { clearPostgresLeftover } from './postgres/leftover'
import { freePort } from './process/free-port'
import { hasEnded, type StopStep, stopChild } from './process/stop'

/** A database server on this machine's loopback, for the demo and the tests. */
export interface LocalPostgres {
  /** Superuser connection to the database `postgres`, password included. */
  readonly url: string
  readonly port: number
  /** The server process: its own process group, so that a Ctrl-C of the terminal misses it. */
  readonly child: ChildProcess
  /** Where the data is, which may be another folder than was asked for (see `dataDir`). */
  readonly dataDir: string
  /** Ends all connections and stops the server; resolves when the process is gone. */
  stop(): Promise<void>
}

/** How to start it. */
export interface LocalPostgresOptions {
  /**
   * The data folder; made where it is missing, continued where it exists. Under root, if the
   * account `postgres` cannot reach it, a folder in the temp folder stands in for it.
   */
  readonly dataDir: string
  /** TCP port on 127.0.0.1; a free one where not given. */
  readonly port?: number
  /** The server's own log; `postgres.log` beside the data folder where not given. */
  readonly logFile?: string
  /** Trades safety against a crash for speed: for tests, never for data that one wants to keep. */
  readonly unsafeFast?: boolean
  /** Told what is done about anything unusual, one line each. */
  readonly log: (line: string) => void
}

// SIGINT: end the sessions and stop. SIGQUIT: stop at once, recover at the next start. Only then
// SIGKILL, which leaves the backends to find out by themselves.
const POSTGRES_STOP: readonly StopStep[] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
]
const START_ATTEMPTS = 3
const START_TIMEOUT_MS = 60_000

/**
 * Starts a real Postgres 17 server; resolves when it answers a query. A server that a killed run
 * left on the same folder is stopped first.
 *
 * @throws DeviceTrailError DEMO_POSTGRES_ACCOUNT, DEMO_POSTGRES_DATA, DEMO_POSTGRES_START,
 *   DEMO_BINARY_MISSING, DEMO_PLATFORM_UNSUPPORTED
 */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const { log, unsafeFast = false } = options
  const wantedDir = resolve(options.dataDir)
  const account = await postgresAccount(log)
  const binaries = await postgresBinaries(account, log)
  const { initdb, pgCtl } = binaries
  const { dataDir, password } = await openPostgresData({
    wantedDir,
    initdb,
    account,
    unsafeFast,
    log,
  })
  await clearPostgresLeftover({ dataDir, pgCtl, account, log })
  const logFile = options.logFile ?? join(dirname(wantedDir), 'postgres.log')
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    const url = `postgres://${POSTGRES_ROLE}:${password}@127.0.0.1:${port}/postgres`
    const child = spawnServer(binaries.postgres, { dataDir, port, account, logFile, unsafeFast })
    if (await answers(url, child)) {
      return {
        url,
        port,
        child,
        dataDir,
        stop: async () => void (await stopChild(child, POSTGRES_STOP)),
      }
    }
    await stopChild(child, POSTGRES_STOP)
    if (attempt === START_ATTEMPTS) throw await startFailed(dataDir, logFile)
    // A backend of a killed server may need a moment to see that its server is gone, and a port
    // that was free may be taken.
    await sleep(1_000)
  }
}

interface ServerSettings {
  readonly dataDir: string
  readonly port: number
  readonly account: Account | undefined
  readonly logFile: string
  readonly unsafeFast: boolean
}

function spawnServer(postgres: string, server: ServerSettings): ChildProcess {
  const { dataDir, port, account, logFile, unsafeFast } = server
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(unsafeFast ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ]
  const args = [
    '-D',
    dataDir,
    '-p',
    String(port),
    ...settings.flatMap((setting) => ['-c', setting]),
  ]
  // A file, not a pipe: a server that outlives a killed demo must not block on a pipe nobody reads.
  const output = openSync(logFile, 'a')
  try {
    const env = { PATH: process.env.PATH, LC_ALL: 'C' }
    const stdio: ['ignore', number, number] = ['ignore', output, output]
    return spawn(postgres, args, { ...account, cwd: dataDir, env, stdio, detached: true })
  } finally {
    closeSync(output)
  }
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  let broken = false
  child.once('error', () => {
    broken = true
  })
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!broken && !hasEnded(child) && performance.now() < deadline) {
    if (await canQuery(url)) return !hasEnded(child)
    await sleep(100)
  }
  return false
}

async function canQuery(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function startFailed(dataDir: string, logFile: string): Promise<DeviceTrailError> {
  const tail = (await readFile(logFile, 'utf8').catch(() => ''))
    .trim()
    .split('\n')
    .slice(-5)
    .join('\n')
  return demoError(
    'DEMO_POSTGRES_START',
    `Postgres did not start on ${dataDir}; the end of ${logFile} says:\n${tail}\n`,
    'Remove what it complains about, or the folder; the demo builds it again from the chain.',
  )
}
