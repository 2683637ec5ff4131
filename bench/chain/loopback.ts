import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A server on 127.0.0.1. */
export interface LoopbackServer {
  readonly url: string
  /** Ends it and cuts its connections. */
  close(): Promise<void>
}

/** An answer to an HTTP request. */
export interface Answer {
  readonly status: number
  readonly type: 'application/json' | 'text/plain'
  /** In parts, which saves copying large ones together; text is ASCII. */
  readonly body: readonly (Buffer | string)[]
}

/**
 * Serves what `answer` gives; 500 with its message where it throws.
 *
 * @param port 0 lets the system pick one
 */
export async function startLoopback(
  answer: (request: IncomingMessage) => Promise<Answer>,
  port = 0,
): Promise<LoopbackServer> {
  const server = createServer((request, response) => void serve(answer, request, response))
  // The clients keep connections: one closed from this side would look like a broken node.
  server.keepAliveTimeout = 0
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://127.0.0.1:${bound}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function serve(
  answer: (request: IncomingMessage) => Promise<Answer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { status, type, body } = await answer(request)
    const parts = joined(body)
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    response.writeHead(status, { 'content-type': type, 'content-length': length })
    for (const part of parts) response.write(part)
    response.end()
  } catch (error) {
    if (!request.destroyed) console.error(error)
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
    response.end(error instanceof Error ? error.message : String(error))
  }
}

/** Bytes as few pieces: text that follows text becomes one. */
function joined(body: readonly (Buffer | string)[]): Buffer[] {
  const parts: Buffer[] = []
  let text = ''
  for (const part of body) {
    if (typeof part === 'string') text += part
    else {
      parts.push(Buffer.from(text, 'latin1'), part)
      text = ''
    }
  }
  return [...parts, Buffer.from(text, 'latin1')]
}
