import { isAscii } from 'node:buffer'
import { EndpointFault } from './faults'
import type { Call, CallResult, Transport } from './transport'

const ANSWER_BYTES_MAX = 256 * 1024 * 1024
/** Nothing listens there: what does later may be another node. */
const NOBODY_THERE: readonly unknown[] = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENOTFOUND']
/** Some providers put the JSON-RPC error of a range that is too wide under such a status. */
const SAYS_WHY: readonly number[] = [400, 413]
const RETRY_AFTER_MAX_MS = 60_000

/** JSON-RPC over HTTP. Several calls travel as one batch. */
export function httpTransport(url: string): Transport {
  const { address, headers } = readAddress(url)
  const open = new Set<AbortController>()
  return {
    async send(calls, timeoutMs) {
      const request = new AbortController()
      open.add(request)
      const timer = setTimeout(() => request.abort(timedOut(timeoutMs)), timeoutMs)
      const asked = calls.map(({ method, params }, id) => ({ jsonrpc: '2.0', id, method, params }))
      const body = JSON.stringify(asked.length === 1 ? asked[0] : asked)
      try {
        const { signal } = request
        const response = await fetch(address, { method: 'POST', headers, body, signal })
        const { status } = response
        if (!SAYS_WHY.includes(status)) refuseStatus(response)
        const text = await readText(response)
        if (!response.ok && !/^[[{]/.test(text))
          throw new EndpointFault('refused', `HTTP ${status}`)
        return readAnswers(text, calls)
      } catch (error) {
        throw error instanceof EndpointFault ? error : connectionFault(error)
      } finally {
        clearTimeout(timer)
        open.delete(request)
      }
    },
    close() {
      for (const request of open) request.abort(new EndpointFault('connection', 'closed'))
    },
  }
}

function timedOut(ms: number): EndpointFault {
  return new EndpointFault('timeout', `no answer within ${ms} ms`)
}

/** `fetch` refuses a URL with a user and password in it. */
function readAddress(text: string) {
  const url = new URL(text)
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  const authorization = `Basic ${Buffer.from(user).toString('base64')}`
  const headers = {
    'content-type': 'application/json',
    ...(user !== ':' && { authorization }),
  }
  url.username = ''
  url.password = ''
  return { address: url.toString(), headers }
}

function refuseStatus(response: Response): void {
  const { status } = response
  if (response.ok) return
  void response.body?.cancel()
  const what = `HTTP ${status}`
  if (status === 429) {
    throw new EndpointFault('throttled', what, { retryAfterMs: retryAfter(response) })
  }
  if (status === 408) throw new EndpointFault('timeout', what)
  if (status >= 500) {
    throw new EndpointFault('server_error', what, { retryAfterMs: retryAfter(response) })
  }
  throw new EndpointFault('refused', what)
}

/** Seconds, or a date; 0 where nothing sensible was given. */
function retryAfter(response: Response): number {
  const text = response.headers.get('retry-after') ?? ''
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.min(RETRY_AFTER_MAX_MS, Math.max(0, ms)) : 0
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (;;) {
    const { value: chunk } = (await reader?.read()) ?? {}
    if (chunk === undefined) break
    size += chunk.byteLength
    if (size > ANSWER_BYTES_MAX) {
      throw new EndpointFault('too_large', `an answer over ${ANSWER_BYTES_MAX} bytes`)
    }
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  // JSON-RPC is hex: to read it as one byte a character is several times faster.
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')
}

function readAnswers(text: string, calls: readonly Call[]): CallResult[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new EndpointFault('malformed', `no JSON: ${text.slice(0, 80)}`)
  }
  const answers: unknown[] = Array.isArray(parsed) ? parsed : [parsed]
  // Some nodes answer a whole batch that they refuse with one error that bears no id.
  const only: unknown = answers[0]
  if (!Array.isArray(parsed) && hasError(only)) return calls.map(() => ({ error: only.error }))
  const byId = new Map(answers.map((answer) => [Object(answer).id, answer]))
  return calls.map((_, id) => {
    const answer = byId.get(id)
    if (hasError(answer)) return { error: answer.error }
    if (!hasResult(answer)) throw new EndpointFault('malformed', 'an answer without a result')
    return { result: answer.result }
  })
}

function hasError(answer: unknown): answer is { error: unknown } {
  return typeof answer === 'object' && answer !== null && 'error' in answer && answer.error != null
}

function hasResult(answer: unknown): answer is { result: unknown } {
  return typeof answer === 'object' && answer !== null && 'result' in answer
}

function connectionFault(error: unknown): EndpointFault {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const what = Object(cause).code ?? (cause instanceof Error ? cause.message : String(cause))
  const reason = NOBODY_THERE.includes(what) ? 'unreachable' : 'connection'
  return new EndpointFault(reason, `no connection (${what})`)
}
