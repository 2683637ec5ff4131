import { once } from 'node:events'
import { WebSocket } from 'ws'
import { eventually } from './guarded-chain'

/** A client of the guard over WebSocket, as the processor is one. */
export class Subscriber {
  /** Hashes of the heads that it was told, each when it is another one than before. */
  readonly heads: string[] = []
  private readonly answers = new Map<number, { result?: unknown; error?: { message: string } }>()
  private asked = 0

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (message) => {
      const { id, params, ...answer } = JSON.parse(String(message))
      if (id !== undefined) this.answers.set(id, answer)
      else if (this.heads.at(-1) !== params.result.hash) this.heads.push(params.result.hash)
    })
  }

  /** Connected, and subscribed to heads. */
  static async open(guardUrl: string): Promise<Subscriber> {
    const socket = new WebSocket(guardUrl.replace('http', 'ws'))
    await once(socket, 'open')
    const subscriber = new Subscriber(socket)
    await subscriber.call('eth_subscribe', 'newHeads')
    return subscriber
  }

  /** The result of a call, or its error as an Error. */
  async call(method: string, ...params: unknown[]): Promise<unknown> {
    const id = ++this.asked
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
    await eventually(() => this.answers.has(id))
    const { result, error } = this.answers.get(id) ?? {}
    if (error) throw new Error(error.message)
    return result
  }

  /** Waits until it was told of a head. */
  async isTold(hash: string): Promise<void> {
    await eventually(() => this.heads.at(-1) === hash)
  }

  close(): void {
    this.socket.terminate()
  }
}
