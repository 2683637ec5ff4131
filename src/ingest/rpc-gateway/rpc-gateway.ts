import type { AddressInfo } from 'node:net'
import type { Logger } from '@subsquid/logger'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { readArchiveRequest } from './archive-request'
import { ChainReader } from './chain-reader'
import type { FinalBlocks } from './final-blocks'
import { GatewaySource, HistoryReplaced } from './gateway-source'

export interface RpcGatewayOptions {
  /** Where the history is read from. */
  source: FinalBlocks
  /** Stretches of blocks in flight at once. */
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
const BUFFERED_ITEMS = 30_000
const REQUEST_BYTES = '4mb'

/**
 * A gateway in the sense of `EvmBatchProcessor.setGateway`: logs of wide stretches, several
 * at once, ahead of the processor, and headers only where they are needed. It knows nothing of
 * devices and serves any squid that asks for logs alone.
 *
 * Protocol: `GET /height`; `GET /{from}/worker`, the address for the next request; `POST` there, an
 * array of blocks that ends with the last block of the stretch that was served. It answers when the
 * source does: give the client no time limit.
 */
export async function startRpcGateway(options: RpcGatewayOptions): Promise<RpcGateway> {
  const { parallel = PARALLEL, bufferedItems = BUFFERED_ITEMS } = options
  const reader = new ChainReader(options.source)
  const source = new GatewaySource(reader, { parallel, bufferedItems })
  const server = gatewayApp(source, options.log).listen(options.port ?? 0, '127.0.0.1')
  // The client keeps connections: one closed from this side would cost it a pause of seconds.
  server.keepAliveTimeout = 0
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
    const isWanted = () => !response.destroyed
    await source.answer(asked, isWanted).then((blocks) => response.json(blocks), next)
  })
  const failed: ErrorRequestHandler = (error, _request, response, _next) => {
    const why = error instanceof Error ? error.message : String(error)
    log.warn(`the history cannot be served: ${why}`)
    // 503: the client asks again, with growing pauses. 500: it ends.
    const status = error instanceof HistoryReplaced ? 500 : 503
    response.status(status).type('text/plain').send(why)
  }
  app.use(failed)
  return app
}
