import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Logger, type LogRecord } from '@subsquid/logger'
import type { ApiLimits } from '../../src/edge/limits'
import { startApi } from '../../src/edge/start-api'

/** An answer of GraphQL over HTTP. */
export interface Answer {
  status: number
  body: {
    // biome-ignore lint/suspicious/noExplicitAny: answers have the shape that each test asks for
    data?: any
    errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[]
  }
}

/** An API on its public port. */
export class RunningApi {
  private constructor(
    readonly url: string,
    /** Everything logged so far; with SQD_DEBUG=test:sql also the statements of openreader. */
    readonly logged: LogRecord[],
    readonly close: () => Promise<void>,
  ) {}

  static async start(dbUrl: string, limits: Partial<ApiLimits> = {}): Promise<RunningApi> {
    if (!existsSync(join(__dirname, '../../lib/server-extension/resolvers/index.js'))) {
      throw new Error(
        'graphql-server loads models and resolvers from lib/: run "npm run build" first',
      )
    }
    const logged: LogRecord[] = []
    const log = new Logger((record) => logged.push(record), 'test')
    const api = await startApi({ port: 0, dbUrl, limits, log })
    await api.started
    return new RunningApi(`http://127.0.0.1:${api.port}`, logged, api.close)
  }

  async ask(query: string, variables: object = {}): Promise<Answer> {
    return this.post(JSON.stringify({ query, variables }))
  }

  async post(body: string, contentType = 'application/json'): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }

  /** The data of an answer without errors. */
  async data(query: string, variables: object = {}): Promise<Answer['body']['data']> {
    const { body } = await this.ask(query, variables)
    if (body.errors) throw new Error(`the query failed: ${JSON.stringify(body.errors)}`)
    return body.data
  }
}
