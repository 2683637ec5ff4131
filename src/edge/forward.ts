import { type IncomingHttpHeaders, request } from 'node:http'
import { LOOPBACK } from './loopback'

/** A whole answer of the server behind the edge. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** What belongs to one connection only (RFC 9110, 7.6.1), or changes with the body. */
const HOP_BY_HOP = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Headers that go through. */
export function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)))
}

/**
 * Puts a request to a server on the loopback interface and waits for the whole answer; its size is
 * bounded by the limit of the response.
 *
 * @param signal cuts the connection when nobody waits for the answer any more
 */
export function forward(
  port: number,
  asked: { method: string; path: string; headers: IncomingHttpHeaders; body?: string },
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, path, body } = asked
    // Compressed errors could not be read, so none is asked for.
    const headers = { ...endToEnd(asked.headers), 'accept-encoding': 'identity' }
    const outgoing = request({ host: LOOPBACK, port, method, path, headers, signal }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        resolve({
          status: answer.statusCode ?? 502,
          headers: answer.headers,
          body: Buffer.concat(chunks),
        })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
