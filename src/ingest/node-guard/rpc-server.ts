import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { GuardAnswers } from './answers'
import { isQuantity } from './chain-block'
import { RpcError } from './faults'
import type { Call } from './transport'

interface Request extends Call {
  id: number | string
}

/** A JSON-RPC server on loopback. */
export interface RpcServer {
  url: string
  close(): void
}

export async function startRpcServer(answers: GuardAnswers): Promise<RpcServer> {
  const server = createServer((request, response) => void serve(answers, request, response))
  // The clients keep connections: one closed from this side would look like a broken node.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function serve(answers: GuardAnswers, request: IncomingMessage, response: ServerResponse) {
  try {
    const asked: unknown = JSON.parse(await text(request))
    const calls = (Array.isArray(asked) ? asked : [asked]).map(readRequest)
    const replies = await answerAll(answers, calls)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(Array.isArray(asked) ? replies : replies[0]))
  } catch {
    if (!response.headersSent) response.writeHead(400)
    response.end()
  }
}

function readRequest(value: unknown): Request {
  const { id, method, params = [] } = Object(value)
  if (typeof method !== 'string' || !Array.isArray(params)) throw new Error('no JSON-RPC request')
  return { id, method, params }
}

/** Blocks that are asked for in one batch are fetched in one. */
async function answerAll(answers: GuardAnswers, calls: readonly Request[]): Promise<object[]> {
  const heights = calls.flatMap((call) => heightOf(call) ?? [])
  const together = heights.length > 1 ? answers.blocksByNumber(heights) : undefined
  return Promise.all(
    calls.map((call) => {
      const height = heightOf(call)
      if (together === undefined || height === undefined) return reply(call, answers.answer(call))
      return reply(
        call,
        together.then((blocks) => blocks[heights.indexOf(height)] ?? null),
      )
    }),
  )
}

function heightOf({ method, params: [height, full] }: Request): number | undefined {
  const isPlain = method === 'eth_getBlockByNumber' && full !== true && isQuantity(height)
  return isPlain ? Number(height) : undefined
}

async function reply({ id }: Request, result: Promise<unknown>): Promise<object> {
  try {
    return { jsonrpc: '2.0', id, result: (await result) ?? null }
  } catch (error) {
    const code = error instanceof RpcError ? error.code : -32_603
    const message = error instanceof Error ? error.message : String(error)
    const data = error instanceof RpcError ? error.data : undefined
    return { jsonrpc: '2.0', id, error: { code, message, ...(data !== undefined && { data }) } }
  }
}
