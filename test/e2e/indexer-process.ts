import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Sql } from '../../src/persistence/sql'
import { freshDatabase, type TestDatabase } from '../support/postgres'

const MAIN = path.resolve(__dirname, '../../lib/cli/main.js')
const CAUGHT_UP_MS = 60_000

/** A database with the schema, and a connection to look into it. */
export class IndexedDatabase {
  private constructor(
    private readonly database: TestDatabase,
    private readonly client: Client,
  ) {}

  static async create(): Promise<IndexedDatabase> {
    const database = await freshDatabase()
    await runCommand('migrate', { DB_URL: database.url })
    const client = new Client({ connectionString: database.url })
    await client.connect()
    return new IndexedDatabase(database, client)
  }

  get url(): string {
    return this.database.url
  }

  readonly sql: Sql = async (text, parameters = []) => {
    const { rows } = await this.client.query(text, [...parameters])
    return rows
  }

  /** Height and hash of the last block that was indexed. */
  async head(): Promise<{ height: number; hash: string } | undefined> {
    const [head] = await this.sql<{ height: number; hash: string }>(
      `SELECT height, hash FROM squid_processor.hot_block
       UNION ALL SELECT height, hash FROM squid_processor.status ORDER BY height DESC LIMIT 1`,
    )
    return head
  }

  async close(): Promise<void> {
    await this.client.end()
    await this.database.drop()
  }
}

/** `devicetrail index` as a process of its own, on a real chain and database. */
export class IndexerProcess {
  private log = ''

  private constructor(private readonly child: ChildProcess) {
    const keep = (chunk: Buffer) => {
      this.log += chunk.toString()
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
  }

  static start(environment: Record<string, string>): IndexerProcess {
    const quick = { METRICS_PORT: '0', HEAD_POLL_MS: '50', REORG_CONFIRM_MS: '500' }
    const env = { PATH: process.env.PATH, ...quick, ...environment }
    return new IndexerProcess(spawn(process.execPath, [MAIN, 'index'], { env }))
  }

  /** Everything that it printed. */
  get output(): string {
    return this.log
  }

  /** Ends it without a chance to clean up. */
  async killHard(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    this.child.kill('SIGKILL')
    await once(this.child, 'exit')
  }

  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM')
    return this.exitCode()
  }

  async exitCode(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, 'exit')
    }
    return this.child.exitCode
  }

  /** Waits until the database has the given block as its head. */
  async caughtUp(
    database: IndexedDatabase,
    target: { height: number; hash: string },
    patienceMs = CAUGHT_UP_MS,
  ) {
    const { height, hash } = target
    await this.wait(
      database,
      { height, hash },
      (head) => {
        return head.height === height && head.hash === hash
      },
      patienceMs,
    )
  }

  /** Waits until the database has come to a height. */
  async reached(database: IndexedDatabase, height: number): Promise<void> {
    await this.wait(database, { height }, (head) => head.height >= height)
  }

  private async wait(
    database: IndexedDatabase,
    target: object,
    isThere: (head: { height: number; hash: string }) => boolean,
    patienceMs = CAUGHT_UP_MS,
  ): Promise<void> {
    const deadline = Date.now() + patienceMs
    for (;;) {
      const head = await database.head()
      if (head !== undefined && isThere(head)) return
      if (Date.now() > deadline || this.child.exitCode !== null) {
        throw new Error(
          `indexer at ${JSON.stringify(head)}, expected ${JSON.stringify(target)}\n${this.log}`,
        )
      }
      await sleep(50)
    }
  }
}

async function runCommand(command: string, environment: Record<string, string>): Promise<void> {
  const env = { PATH: process.env.PATH, ...environment }
  const child = spawn(process.execPath, [MAIN, command], { env, stdio: 'pipe' })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`devicetrail ${command} ended with ${code}: ${output}`)
}
