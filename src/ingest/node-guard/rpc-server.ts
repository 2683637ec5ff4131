import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { GuardAnswers } from './answers'
import type { HeadNews } from './head-news'
import { answerAll, readMessage } from './rpc-calls'
import { serveSockets } from './rpc-socket'

/** A JSON-RPC server on loopback, over HTTP and WebSocket. */
export interface RpcServer {
  /** Over HTTP; the same port speaks WebSocket. */
  url: string
  close(): void
}

export async function startRpcServer(answers: GuardAnswers, news: HeadNews): Promise<RpcServer> {
  const server = createServer((request, response) => void serve(answers, request, response))
  // The clients keep connections: one closed from this side would look like a broken node.
  server.keepAliveTimeout = 0
  const sockets = serveSockets(server, answers, news)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      sockets.close()
      server.close()
      server.closeAllConnections()
    },
  }
}

async function serve(answers: GuardAnswers, request: IncomingMessage, response: ServerResponse) {
  try {
    const { calls, isBatch } = readMessage(await text(request))
    const replies = await answerAll(answers, calls)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isBatch ? replies : replies[0]))
  } catch {
    if (!response.headersSent) response.writeHead(400)
    response.end()
  }
}
