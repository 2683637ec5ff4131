import { once } from 'node:events'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ScriptedNode } from '../faults/scripted-node'

/** A scripted node over WebSocket: it answers as the node behind it, and tells of heads on call. */
export class TellingNode {
  /** Whether it takes subscriptions; else it says that there is no such method. */
  takesSubscriptions = true
  /** How often it was asked for its head. */
  looks = 0
  private readonly subscribers = new Set<WebSocket>()

  private constructor(
    private readonly node: ScriptedNode,
    private readonly server: WebSocketServer,
  ) {
    server.on('connection', (socket) => {
      socket.on('message', (message) => void this.answer(socket, String(message)))
      socket.on('close', () => this.subscribers.delete(socket))
    })
  }

  static async start(node: ScriptedNode): Promise<TellingNode> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    await once(server, 'listening')
    return new TellingNode(node, server)
  }

  get url(): string {
    const address = this.server.address()
    if (address === null || typeof address === 'string') throw new Error('the node is closed')
    return `ws://127.0.0.1:${address.port}`
  }

  /** How many connections are subscribed. */
  get subscriberCount(): number {
    return this.subscribers.size
  }

  /** Tells all subscribers that there is a new head. */
  tell(): void {
    const { height, hash, parentHash } = this.node.chain.head
    const result = { number: `0x${height.toString(16)}`, hash, parentHash }
    const params = { subscription: '0x1', result }
    const message = JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params })
    for (const socket of this.subscribers) socket.send(message)
  }

  /** Cuts all connections. */
  cut(): void {
    for (const socket of this.server.clients) socket.terminate()
  }

  close(): void {
    this.cut()
    this.server.close()
  }

  private async answer(socket: WebSocket, body: string): Promise<void> {
    const { id, method, params } = JSON.parse(body)
    if (method !== 'eth_subscribe') {
      if (params?.[0] === 'latest') this.looks++
      const response = await fetch(this.node.url, { method: 'POST', body }).catch(() => undefined)
      // The node behind ended or cut the connection: so does this one.
      if (response === undefined) return socket.terminate()
      socket.send(await response.text())
    } else if (this.takesSubscriptions) {
      this.subscribers.add(socket)
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, result: '0x1' }))
    } else {
      const error = { code: -32_601, message: 'the method eth_subscribe does not exist' }
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, error }))
    }
  }
}
