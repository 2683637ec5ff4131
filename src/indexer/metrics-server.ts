import { once } from 'node:events'
import { createServer } from 'node:http'
import type { EvmBatchProcessor } from '@subsquid/evm-processor'
import { Registry } from 'prom-client'
import { DeviceTrailError } from '../domain/errors'

/** The metrics of the indexer over HTTP, from its start on. */
export class MetricsServer {
  /** Metrics of our own. */
  readonly registry = new Registry()
  private ofProcessor: Pick<Registry, 'metrics'> | undefined

  private constructor(private readonly server: ReturnType<typeof createServer>) {}

  /** @throws DeviceTrailError METRICS_PORT_BUSY */
  static async start(port: number): Promise<MetricsServer> {
    const server = createServer()
    const metrics = new MetricsServer(server)
    server.on('request', async (request, response) => {
      const isMetrics = new URL(request.url ?? '', 'http://localhost').pathname === '/metrics'
      response.writeHead(isMetrics ? 200 : 404, { 'content-type': metrics.registry.contentType })
      response.end(isMetrics ? await metrics.text() : '')
    })
    try {
      await once(server.listen(port), 'listening')
    } catch (cause) {
      const problem = {
        code: 'METRICS_PORT_BUSY',
        remedy: 'human' as const,
        what: `Port ${port}, METRICS_PORT, cannot be listened on (${Object(cause).code}).`,
        todo: 'Stop what uses it, or set METRICS_PORT to another one.',
      }
      throw new DeviceTrailError(problem, { cause })
    }
    return metrics
  }

  /**
   * Serves the processor's metrics beside our own. It would open a port of its own, late and only
   * for its own; both its registry and its server are private.
   */
  include(processor: EvmBatchProcessor): void {
    // biome-ignore lint/complexity/useLiteralKeys: the only way to what is private
    const own = processor['getPrometheusServer']()
    // biome-ignore lint/complexity/useLiteralKeys: the only way to what is private
    this.ofProcessor = own['registry']
    const address = this.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    own.serve = async () => ({ port, close: async () => undefined })
  }

  private async text(): Promise<string> {
    const parts = [this.registry, this.ofProcessor].map((registry) => registry?.metrics())
    return (await Promise.all(parts)).join('\n')
  }

  close(): void {
    this.server.close()
    this.server.closeAllConnections()
  }
}
