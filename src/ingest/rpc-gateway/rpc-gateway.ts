import type { AddressInfo } from 'node:net'
import type { Logger } from '@subsquid/logger'
import express, { type ErrorRequestHandler, type Express } from 'express'
import type { ArchiveBlock } from './archive-block'
import { wantedFields } from './archive-block'
import { type ArchiveRequest, logFilters, readArchiveRequest } from './archive-request'
import { ChainReader } from './chain-reader'
import { ReadAhead } from './read-ahead'

export interface RpcGatewayOptions {
  /** JSON-RPC endpoint, http(s) or ws(s). */
  rpcUrl: string
  /** Blocks so far behind the head are served as final, and none after them. */
  finalityBlocks: number
  /** Calls in flight at once. */
  parallel?: number
  /** Blocks and logs that may wait to be taken: bounds the memory. */
  bufferedItems?: number
  /** Port on the loopback interface; 0, the default, lets the system pick one. */
  port?: number
  log: Logger
}

export interface RpcGateway {
  /** For `setGateway`. */
  url: string
  close(): Promise<void>
}

const PARALLEL = 8
const BUFFERED_ITEMS = 60_000
/** An answer has so many blocks and logs at most, but for its last stretch. */
const ANSWER_ITEMS = 10_000
/** With so many it does not wait for more. */
const ANSWER_ITEMS_ENOUGH = 2_000
const REQUEST_BYTES = '4mb'

/**
 * A gateway in the sense of `EvmBatchProcessor.setGateway`, over plain JSON-RPC: filtered logs of
 * wide stretches, several at once, ahead of the processor, and headers only where they are needed.
 * It knows nothing of devices and serves any squid that asks for logs alone.
 *
 * Protocol: `GET /height`; `GET /{from}/worker`, the address for the next request; `POST` there, an
 * array of blocks that ends with the last block of the stretch that was served.
 */
export async function startRpcGateway(options: RpcGatewayOptions): Promise<RpcGateway> {
  const parallel = options.parallel ?? PARALLEL
  const source = new GatewaySource(ChainReader.connect(options.rpcUrl, { parallel }), options)
  const server = gatewayApp(source, options.log).listen(options.port ?? 0, '127.0.0.1')
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      source.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function gatewayApp(source: GatewaySource, log: Logger): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.get('/height', async (_, response, next) => {
    await source.height().then((height) => response.type('text/plain').send(String(height)), next)
  })
  app.get('/:from/worker', ({ headers }, response) => {
    response.type('text/plain').send(`http://${headers.host}/worker`)
  })
  app.post('/worker', express.json({ limit: REQUEST_BYTES }), async (request, response, next) => {
    const asked = readArchiveRequest(request.body)
    if (typeof asked === 'string') {
      response.status(400).type('text/plain').send(`This gateway serves logs only: ${asked}`)
      return
    }
    await source.answer(asked).then((blocks) => response.json(blocks), next)
  })
  const failed: ErrorRequestHandler = (error, _request, response, _next) => {
    log.warn(`the chain cannot be read: ${error instanceof Error ? error.message : error}`)
    // 503: the client asks again, with growing pauses.
    response.status(503).type('text/plain').send('the node does not answer')
  }
  app.use(failed)
  return app
}

interface Reading {
  key: string
  ahead: ReadAhead<ArchiveBlock[]>
  /** Last block that may be read; it grows with the chain. */
  top: number
}

/** Answers requests from what was read ahead; a request that goes on elsewhere begins anew. */
class GatewaySource {
  #reading: Reading | undefined
  /** Ends when the answers before are given: they take from one queue. */
  #before: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly reader: ChainReader,
    private readonly options: RpcGatewayOptions,
  ) {}

  close(): void {
    this.#reading = undefined
    this.reader.close()
  }

  /** The last final block; 0 on a chain that has none yet. */
  async height(): Promise<number> {
    return Math.max(0, (await this.reader.height()) - this.options.finalityBlocks)
  }

  /** The blocks from the first one asked on, as far as they are read. */
  answer(request: ArchiveRequest): Promise<ArchiveBlock[]> {
    const answer = this.#before.then(() => this.taken(request))
    this.#before = answer.catch(() => {})
    return answer
  }

  private async taken(request: ArchiveRequest): Promise<ArchiveBlock[]> {
    const { fromBlock, toBlock = Number.MAX_SAFE_INTEGER } = request
    const reading = this.readingFor(request)
    if (reading.top < toBlock) reading.top = Math.min(await this.height(), toBlock)
    const blocks: ArchiveBlock[] = []
    for (let items = 0; items < ANSWER_ITEMS; ) {
      if (items >= ANSWER_ITEMS_ENOUGH && !reading.ahead.ready) break
      const read = await reading.ahead.take().catch((error: unknown) => {
        this.#reading = undefined
        throw error
      })
      if (read === undefined) break
      blocks.push(...read.value)
      items += read.weight
    }
    if (blocks.length > 0) return blocks
    throw new Error(`block ${fromBlock} is not final yet: the last one is ${reading.top}`)
  }

  private readingFor(request: ArchiveRequest): Reading {
    const { fromBlock, ...rest } = request
    const key = JSON.stringify(rest)
    const same = this.#reading
    if (same?.key === key && same.ahead.position === fromBlock) return same
    const filters = logFilters(request)
    const wanted = wantedFields(request)
    const everyBlock = request.includeAllBlocks === true
    const { parallel = PARALLEL, bufferedItems = BUFFERED_ITEMS } = this.options
    const reading: Reading = {
      key,
      top: -1,
      ahead: new ReadAhead(fromBlock, {
        parallel,
        weightMax: bufferedItems,
        next: (from) => {
          if (from > reading.top) return undefined
          return { from, to: Math.min(from + this.reader.window.size - 1, reading.top) }
        },
        read: (range) => this.reader.read(range, filters, wanted, everyBlock),
      }),
    }
    this.#reading = reading
    return reading
  }
}
