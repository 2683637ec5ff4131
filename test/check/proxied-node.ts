import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A JSON-RPC request, one of a batch or alone. */
export interface RpcRequest {
  id: number
  method: string
  params: readonly unknown[]
}

/** What a bad node answers instead: an error or a result; undefined lets the real one answer. */
export type Fault = (
  request: RpcRequest,
) => { error: { code: number; message: string } } | { result: unknown } | undefined

/** A real node behind a proxy that answers some requests itself, and remembers all. */
export class ProxiedNode {
  fault: Fault = () => undefined
  readonly requests: RpcRequest[] = []

  private constructor(
    private readonly target: string,
    private readonly server: Server,
  ) {}

  static async start(target: string): Promise<ProxiedNode> {
    const server = createServer()
    const node = new ProxiedNode(target, server)
    server.on('request', (request, response) => {
      node.answer(request).then(
        (text) => response.setHeader('content-type', 'application/json').end(text),
        () => response.writeHead(502).end(),
      )
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return node
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  /** Forgets requests and the fault. */
  reset(fault: Fault = () => undefined): void {
    this.fault = fault
    this.requests.length = 0
  }

  /** Requests of a method so far. */
  asked(method: string): RpcRequest[] {
    return this.requests.filter((request) => request.method === method)
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  private async answer(incoming: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const body = String(Buffer.concat(chunks))
    const request: RpcRequest = { params: [], ...JSON.parse(body) }
    this.requests.push(request)
    const own = this.fault(request)
    if (own !== undefined) return JSON.stringify({ jsonrpc: '2.0', id: request.id, ...own })
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(this.target, { method: 'POST', headers, body })
    return response.text()
  }
}
