import { createLogger } from '@subsquid/logger'
import { Command } from 'commander'
import { readGatewayConfig } from '../config/environment'
import { useLogLevel } from '../config/log-level'
import { onStop, stopSignal } from './stop-signal'

/** `devicetrail gateway` */
export function gatewayCommand(): Command {
  return new Command('gateway')
    .description("Serve the chain's history to any squid (setGateway), over JSON-RPC of nodes.")
    .addHelpText(
      'after',
      `
For squids that ask for logs alone. It reads RPC_URL, FINALITY_BLOCKS, HEAD_POLL_MS,
REORG_CONFIRM_MS, LOGS_BLOOM and PORT, listens on this machine only, and serves nothing that is
not final. Two nodes in RPC_URL watch each other: logs that one withholds are found.`,
    )
    .action(serveHistory)
}

async function serveHistory(): Promise<void> {
  const { rpcUrls, port, logLevel, reorgConfirmMs, ...config } = readGatewayConfig(process.env)
  useLogLevel(logLevel)
  const log = createLogger('devicetrail:gateway')
  const { NodeGuard } = await import('../ingest/node-guard/node-guard')
  const { startRpcGateway } = await import('../ingest/rpc-gateway/rpc-gateway')
  const { Registry } = await import('prom-client')
  onStop(stopSignal(), () => process.exit(0))
  const guard = await NodeGuard.start({
    ...config,
    urls: rpcUrls,
    conflictHoldMs: reorgConfirmMs,
    log: createLogger('devicetrail:node'),
    registry: new Registry(),
  })
  const gateway = await startRpcGateway({ source: guard.history, port, log })
  log.info(`listening on ${gateway.url}`)
  await guard.failed
}
