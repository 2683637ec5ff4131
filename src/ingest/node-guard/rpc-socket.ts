import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import type { GuardAnswers } from './answers'
import { quantity } from './chain-block'
import { RpcError } from './faults'
import type { HeadNews } from './head-news'
import { answerAll, type Request, readMessage, reply } from './rpc-calls'

/** The processor's client takes no message over 24 MiB, and breaks the connection for one. */
const ANSWER_CHARACTERS_MAX = 20 * 1024 * 1024
/** Close code of RFC 6455. */
const NOT_UNDERSTOOD = 1007

/** Serves JSON-RPC over WebSocket on the port of an HTTP server, with subscriptions to heads. */
export function serveSockets(server: Server, answers: GuardAnswers, news: HeadNews) {
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  sockets.on('connection', (socket) => {
    const connection = new Connection(socket, answers, news)
    socket.on('message', (message) => void connection.take(String(message)))
    socket.on('close', () => connection.close())
    // It is closed then, too.
    socket.on('error', () => undefined)
  })
  return {
    close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

class Connection {
  /** What ends each subscription, by its id. */
  private readonly subscriptions = new Map<unknown, () => void>()
  private count = 0

  constructor(
    private readonly socket: WebSocket,
    private readonly answers: GuardAnswers,
    private readonly news: HeadNews,
  ) {}

  async take(message: string): Promise<void> {
    try {
      const { calls, isBatch } = readMessage(message)
      const [first] = calls
      if (!isBatch && first !== undefined && this.subscribes(first)) return
      const texts = (await answerAll(this.answers, calls)).map((answer, i) => {
        return bounded(JSON.stringify(answer), calls[i])
      })
      this.send(isBatch ? `[${texts.join(',')}]` : (texts[0] ?? ''))
    } catch {
      this.socket.close(NOT_UNDERSTOOD)
    }
  }

  close(): void {
    for (const end of this.subscriptions.values()) end()
    this.subscriptions.clear()
  }

  /** Whether the call is about a subscription, and was taken care of. */
  private subscribes(call: Request): boolean {
    if (call.method === 'eth_unsubscribe') {
      void this.reply(call, this.unsubscribe(call.params[0]))
      return true
    }
    if (call.method !== 'eth_subscribe') return false
    void this.subscribe(call)
    return true
  }

  private async subscribe(call: Request): Promise<void> {
    if (call.params[0] !== 'newHeads') {
      const refusal = new RpcError(-32_602, `there are no subscriptions to ${call.params[0]}`)
      return this.reply(call, Promise.reject(refusal))
    }
    const subscription = quantity(++this.count)
    await this.reply(call, Promise.resolve(subscription))
    if (this.socket.readyState !== this.socket.OPEN) return
    const end = this.news.listen(({ number, hash, parentHash, logsBloom }) => {
      const result = { number: quantity(number), hash, parentHash, logsBloom }
      const params = { subscription, result }
      this.send(JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params }))
    })
    this.subscriptions.set(subscription, end)
  }

  private async unsubscribe(subscription: unknown): Promise<boolean> {
    this.subscriptions.get(subscription)?.()
    return this.subscriptions.delete(subscription)
  }

  private async reply(call: Request, result: Promise<unknown>): Promise<void> {
    this.send(JSON.stringify(await reply(call, result)))
  }

  private send(text: string): void {
    // Closed while the answer was made, perhaps.
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(text)
  }
}

/** What is too large becomes an error on which the processor asks for less. */
function bounded(text: string, call: Request | undefined): string {
  if (text.length <= ANSWER_CHARACTERS_MAX) return text
  const message = `response is too big: ${text.length} characters`
  return JSON.stringify({ jsonrpc: '2.0', id: call?.id, error: { code: -32_005, message } })
}
