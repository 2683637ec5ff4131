import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** What happens to a COMMIT that a client sends. */
export type CommitFate =
  /** It does not reach the server, and the connection breaks: the transaction is rolled back. */
  | 'lost'
  /** It is carried out, but the connection breaks before its answer: the client cannot know. */
  | 'unanswered'
  /** Nothing happens to it. */
  | 'passed'

/** Decides the fate of the next COMMIT at the moment in which it is on its way. */
export type CommitTrap = () => CommitFate

/**
 * The network between an indexer and Postgres: it can break, refuse, delay, and lose a connection
 * in the middle of a commit.
 */
export class DatabaseProxy {
  /** Milliseconds that everything takes longer, in each direction. */
  delayMs = 0
  /** New connections are closed at once. */
  refuses = false
  private trap: CommitTrap | undefined
  private readonly pairs = new Set<Pair>()

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (client) => this.accept(client))
  }

  /** @param target port of the Postgres server on 127.0.0.1 */
  static async start(target: number): Promise<DatabaseProxy> {
    const server = createServer()
    const proxy = new DatabaseProxy(server, target)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return proxy
  }

  /** The same database through this proxy. */
  through(databaseUrl: string): string {
    const address = this.server.address()
    if (address === null || typeof address === 'string') throw new Error('the proxy is closed')
    const url = new URL(databaseUrl)
    url.port = String(address.port)
    return url.href
  }

  /** Breaks all connections. */
  cut(): void {
    for (const pair of this.pairs) pair.destroy()
  }

  /** Springs at the next COMMIT, once. */
  trapCommit(trap: CommitTrap): void {
    this.trap = trap
  }

  /** No more faults; connections stay as they are. */
  calm(): void {
    this.delayMs = 0
    this.refuses = false
    this.trap = undefined
  }

  async close(): Promise<void> {
    this.server.close()
    this.cut()
    if (this.server.listening) await once(this.server, 'close')
  }

  private accept(client: Socket): void {
    if (this.refuses) {
      client.destroy()
      return
    }
    const pair = new Pair(client, connect(this.target, '127.0.0.1'), this)
    this.pairs.add(pair)
    pair.ended.then(() => this.pairs.delete(pair))
  }

  /** What happens to these bytes of a client. */
  fateOf(chunk: Buffer): CommitFate {
    if (this.trap === undefined || !chunk.includes('COMMIT\0')) return 'passed'
    const { trap } = this
    this.trap = undefined
    return trap()
  }
}

/** Both halves of one connection; where one ends, so does the other. */
class Pair {
  readonly ended: Promise<void>
  private answersAreLost = false

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly proxy: DatabaseProxy,
  ) {
    this.ended = new Promise((resolve) => {
      for (const socket of [client, server]) {
        socket.on('error', () => undefined)
        socket.on('close', () => {
          this.destroy()
          resolve()
        })
      }
    })
    client.on('data', (chunk) => this.fromClient(chunk))
    server.on('data', (chunk) => this.fromServer(chunk))
  }

  destroy(): void {
    this.client.destroy()
    this.server.destroy()
  }

  private fromClient(chunk: Buffer): void {
    const fate = this.proxy.fateOf(chunk)
    if (fate === 'lost') this.destroy()
    else {
      this.answersAreLost ||= fate === 'unanswered'
      this.forward(chunk, this.server)
    }
  }

  private fromServer(chunk: Buffer): void {
    // The answer shows that the commit is done.
    if (this.answersAreLost) this.destroy()
    else this.forward(chunk, this.client)
  }

  /** Delays keep the order: timers of one length fire in the order in which they were set. */
  private forward(chunk: Buffer, to: Socket): void {
    const write = () => {
      if (!to.destroyed) to.write(chunk)
    }
    if (this.proxy.delayMs === 0) write()
    else setTimeout(write, this.proxy.delayMs)
  }
}
