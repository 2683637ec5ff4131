import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { honestAnswer, RpcFault } from './node-answers'
import type { ScriptedChain } from './scripted-chain'

export interface RpcCall {
  method: string
  params: readonly unknown[]
}

/**
 * How a node misbehaves: it may change what `answer` gives, delay it, or throw RpcFault, HttpFault
 * or Cut. It is asked once for each call, also within a batch.
 */
export type Behaviour = (call: RpcCall, answer: () => Promise<unknown>) => Promise<unknown>

/** The whole HTTP request is answered with this status and an HTML body, as proxies do. */
export class HttpFault extends Error {
  constructor(
    readonly status: number,
    readonly headers: Record<string, string> = {},
  ) {
    super(`HTTP ${status}`)
  }
}

/** The connection breaks without an answer. */
export class Cut extends Error {
  constructor() {
    super('connection cut')
  }
}

export interface ScriptedNodeOptions {
  chainId?: number
  /** How far behind the head the block is that the node calls final. */
  finalityBlocks?: number
}

const HONEST: Behaviour = (_, answer) => answer()

/**
 * A node of a scripted chain: a real HTTP server that speaks JSON-RPC, and can be told to
 * misbehave. The chain may grow and fork while it serves; `chain` itself may be replaced.
 */
export class ScriptedNode {
  behave: Behaviour = HONEST

  private constructor(
    public chain: ScriptedChain,
    private readonly server: Server,
    private readonly options: ScriptedNodeOptions,
  ) {}

  static async start(
    chain: ScriptedChain,
    options: ScriptedNodeOptions = {},
  ): Promise<ScriptedNode> {
    const server = createServer((request, response) => void node.serve(request, response))
    const node = new ScriptedNode(chain, server, options)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return node
  }

  get url(): string {
    const address = this.server.address()
    if (address === null || typeof address === 'string') throw new Error('the node is closed')
    return `http://127.0.0.1:${address.port}`
  }

  /** Ends it and cuts its connections. */
  async close(): Promise<void> {
    this.server.close()
    this.server.closeAllConnections()
    if (this.server.listening) await once(this.server, 'close')
  }

  /** Makes it honest again. */
  behaveWell(): void {
    this.behave = HONEST
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const asked: JsonRpcRequest | JsonRpcRequest[] = JSON.parse(await text(request))
      const answers = await Promise.all([asked].flat().map((call) => this.answer(call)))
      const body = JSON.stringify(Array.isArray(asked) ? answers : answers[0])
      response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    } catch (error) {
      if (error instanceof HttpFault) {
        response.writeHead(error.status, { 'content-type': 'text/html', ...error.headers })
        response.end(`<html><body>${error.message}</body></html>`)
      } else {
        // Cut, a client that went away, or a mistake in the test: none of them gets an answer.
        if (!(error instanceof Cut) && !request.destroyed) console.error(error)
        request.socket.destroy()
      }
    }
  }

  private async answer({ id, method, params = [] }: JsonRpcRequest) {
    try {
      const result = await this.behave({ method, params }, async () => this.honest(method, params))
      return { jsonrpc: '2.0', id, result: result ?? null }
    } catch (error) {
      if (!(error instanceof RpcFault)) throw error
      const { code, message, data } = error
      return { jsonrpc: '2.0', id, error: { code, message, ...(data && { data }) } }
    }
  }

  private honest(method: string, params: readonly unknown[]): unknown {
    const { chainId = 31_337, finalityBlocks = 64 } = this.options
    const finalized = Math.max(0, this.chain.head.height - finalityBlocks)
    return honestAnswer({ chain: this.chain, chainId, finalized }, method, params)
  }
}

interface JsonRpcRequest {
  id: number | string
  method: string
  params?: unknown[]
}
