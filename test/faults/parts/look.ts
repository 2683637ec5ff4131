import { Client } from 'pg'
import type { Sql } from '../../../src/persistence/sql'

/**
 * A look into a database past the proxy, which outlives crashes of the server: a question fails
 * while it is away, and the next one connects anew.
 */
export class Look {
  private client: Client | undefined

  constructor(readonly url: string) {}

  readonly sql: Sql = async (text, parameters = []) => {
    const client = await this.connected()
    try {
      const { rows } = await client.query(text, [...parameters])
      return rows
    } catch (error) {
      await this.close()
      throw error
    }
  }

  /** Runs questions that belong together on one state of the database. */
  async inSnapshot<T>(ask: (sql: Sql) => Promise<T>): Promise<T> {
    await this.sql('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    try {
      return await ask(this.sql)
    } finally {
      await this.sql('ROLLBACK').catch(() => this.close())
    }
  }

  async close(): Promise<void> {
    const { client } = this
    this.client = undefined
    await client?.end().catch(() => undefined)
  }

  private async connected(): Promise<Client> {
    if (this.client !== undefined) return this.client
    const client = new Client({ connectionString: this.url })
    client.on('error', () => {
      if (this.client === client) this.client = undefined
    })
    await client.connect()
    this.client = client
    return client
  }
}
