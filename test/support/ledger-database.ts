import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { heightKey, positionKey } from '../../src/domain/position'
import { type Sql, statementOf } from '../../src/query/sql'
import { freshDatabase, type TestDatabase } from './postgres'

/** Block time of height 0. */
export const GENESIS = Date.UTC(2026, 0, 1)
const BLOCK_SECONDS = 60
export const CONTRACT = 'demo'
const MIGRATIONS = join(__dirname, '../../db/migrations')

/** A log, as rows repeat it. */
export interface Place {
  height: number
  logIndex: number
  timestamp: Date
  txHash: string
}

/** Readable by eye: party 3 is 0x0…03. */
export function party(number: number): string {
  return `0x${String(number).padStart(40, '0')}`
}

export function blockTime(height: number): Date {
  return new Date(GENESIS + height * BLOCK_SECONDS * 1000)
}

/** Readable by eye: 0x…3a is height 3. */
export function hash(height: number): string {
  return `0x${`${height}a`.padStart(64, '0')}`
}

/** A migrated database of its own: its connection, the head of its record, and its log. */
export class LedgerDatabase {
  private readonly logs = new Map<number, number>()

  protected constructor(
    private readonly database: TestDatabase,
    private client: Client,
  ) {}

  protected static async migrated(): Promise<[TestDatabase, Client]> {
    const database = await freshDatabase()
    const client = new Client({ connectionString: database.url })
    await client.connect()
    for (const name of readdirSync(MIGRATIONS).sort()) {
      const Migration = require(join(MIGRATIONS, name))
      await new Migration().up(client)
    }
    return [database, client]
  }

  get url(): string {
    return this.database.url
  }

  readonly sql: Sql = async (...statement) =>
    (await this.client.query(statementOf(...statement))).rows

  async close(): Promise<void> {
    await this.client.end()
    await this.database.drop()
  }

  /**
   * Cuts every connection to this database and lets no new one in, as a restart does; asked through
   * `other`.
   */
  async pauseDatabase(other: LedgerDatabase, name: string): Promise<void> {
    await this.client.end()
    await other.sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await other.sql('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ])
  }

  async resumeDatabase(other: LedgerDatabase, name: string): Promise<void> {
    await other.sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
    this.client = new Client({ connectionString: this.database.url })
    await this.client.connect()
  }

  /** The record reaches to `height`; up to `finalized` it is final. */
  async head(height: number, finalized = height): Promise<void> {
    await this.sql('DELETE FROM squid_processor.hot_block')
    await this.sql('UPDATE squid_processor.status SET height = $1, hash = $2', [
      finalized,
      hash(finalized),
    ])
    for (let hot = finalized + 1; hot <= height; hot++) {
      await this.sql('INSERT INTO squid_processor.hot_block VALUES ($1, $2)', [hot, hash(hot)])
    }
    await this.sql('UPDATE squid_processor.chain_state SET head_timestamp = $1', [
      blockTime(height),
    ])
  }

  /** What the indexer says of the chain, `secondsAgo`. */
  async heartbeat(chainHeight: number, secondsAgo = 0): Promise<void> {
    await this.sql(
      `UPDATE squid_processor.chain_state SET chain_height = $1, chain_timestamp = $2,
       seen_at = clock_timestamp() - make_interval(secs => $3)`,
      [chainHeight, blockTime(chainHeight), secondsAgo],
    )
  }

  async owner(id: string, name: string | null = null): Promise<string> {
    await this.sql(
      `INSERT INTO owner VALUES ($1, $2, 'OTHER', NULL, $3, 0, 0, 0, $4)
       ON CONFLICT (id) DO UPDATE SET name = COALESCE(EXCLUDED.name, owner.name)`,
      [id, name, name !== null, blockTime(0)],
    )
    return id
  }

  protected async event(
    kind: string,
    at: number,
    of: {
      device?: string
      model?: string | null
      recall?: string
      party?: string
      counterparty?: string
      detail?: object
    },
    before?: () => string,
  ): Promise<Place> {
    const place = await this.place(at)
    if (before) await this.sql(before(), [place.height, place.logIndex, place.timestamp])
    await this.sql('INSERT INTO device_event VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)', [
      positionKey(place),
      kind,
      CONTRACT,
      of.device ?? null,
      of.model ?? null,
      of.recall ?? null,
      of.party ?? null,
      of.counterparty ?? null,
      of.detail ?? {},
      place.height,
      place.logIndex,
      place.timestamp,
      place.txHash,
    ])
    return place
  }

  /** The next log of a block, which is recorded with its first. */
  protected async place(height: number): Promise<Place> {
    const logIndex = this.logs.get(height) ?? 0
    this.logs.set(height, logIndex + 1)
    const timestamp = blockTime(height)
    await this.sql('INSERT INTO block VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
      heightKey(height),
      height,
      hash(height),
      timestamp,
    ])
    return {
      height,
      logIndex,
      timestamp,
      txHash: `0xf${String(height * 1000 + logIndex).padStart(63, '0')}`,
    }
  }
}
