import { setTimeout as pause } from 'node:timers/promises'
import { DeviceTrailError } from '../../domain/errors'
import { readAnswer } from './answer'
import type { Question, Variables } from './question'
import { unreachable } from './unreachable'

export interface ServerAddress {
  /** Of the GraphQL endpoint. */
  readonly url: string
  /** How long one request may take. */
  readonly timeoutMs: number
}

/** Pauses before a request is put again, in milliseconds. */
const PAUSES_MS = [500, 2_000, 8_000]

/** A DeviceTrail API, asked over HTTP. Questions only read, so each can be put again. */
export class Server {
  private hasAnswered = false

  constructor(private readonly address: ServerAddress) {}

  /**
   * Puts a question. A server that has answered before and is away for a moment (a restart amid a
   * million rows) is asked again; one that never answered is reported at once.
   *
   * @throws DeviceTrailError SERVER_UNREACHABLE, SERVER_DIFFERENT, or with the code that the server
   *   gave
   */
  async ask<Answer>(question: Question<Answer>, variables: Variables): Promise<Answer> {
    for (const wait of PAUSES_MS) {
      try {
        return await this.askOnce(question, variables)
      } catch (error) {
        if (!this.hasAnswered || !isPassing(error)) throw error
        await pause(wait)
      }
    }
    return this.askOnce(question, variables)
  }

  private async askOnce<Answer>(question: Question<Answer>, variables: Variables): Promise<Answer> {
    const { status, type, body } = await this.post(question.text, variables)
    const answer = readAnswer(question, { url: this.address.url, status, type, body })
    this.hasAnswered = true
    return answer
  }

  private async post(query: string, variables: Variables) {
    const { url, timeoutMs } = this.address
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      const type = response.headers.get('content-type') ?? ''
      return { status: response.status, type, body: await response.text() }
    } catch (error) {
      throw unreachable(this.address, error)
    }
  }
}

/** A statement that took too long would take too long again. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof DeviceTrailError)) return false
  return error.remedy === 'retry' && error.code !== 'QUERY_TIMEOUT'
}
