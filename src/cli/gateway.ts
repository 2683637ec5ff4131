import { createLogger } from '@subsquid/logger'
import { Command } from 'commander'
import { readGatewayConfig } from '../config/environment'
import { useLogLevel } from '../config/log-level'
import { onStop, stopSignal } from './stop-signal'

/** `devicetrail gateway` */
export function gatewayCommand(): Command {
  return new Command('gateway')
    .description("Serve the chain's history to any squid (setGateway), over JSON-RPC of a node.")
    .addHelpText(
      'after',
      `
For squids that ask for logs alone. It reads RPC_URL (the first address), FINALITY_BLOCKS and
PORT, listens on this machine only, and serves nothing that is not final. It believes its node:
one that withholds logs goes unnoticed, as with any filtered eth_getLogs.`,
    )
    .action(serveHistory)
}

async function serveHistory(): Promise<void> {
  const { rpcUrl, finalityBlocks, port, logLevel } = readGatewayConfig(process.env)
  useLogLevel(logLevel)
  const log = createLogger('devicetrail:gateway')
  const { startRpcGateway } = await import('../ingest/rpc-gateway/rpc-gateway')
  const gateway = await startRpcGateway({ rpcUrl, finalityBlocks, port, log })
  onStop(stopSignal(), () => void gateway.close().finally(() => process.exit(0)))
  log.info(`listening on ${gateway.url}`)
}
