import { buildChain } from './build/build-chain'
import type { ChainShape } from './build/shape'
import { type GatewayOptions, startGateway } from './gateway'
import { type NodeOptions, startNode } from './node'

/** What the process is told, as JSON in its only argument. */
export interface ServeOrder {
  readonly shape: ChainShape
  /** Where chains are kept. */
  readonly cache?: string
  /** Left out where no node is wanted. */
  readonly node?: NodeOptions
  /** Left out where no gateway is wanted. */
  readonly gateway?: GatewayOptions
}

/** The one line of JSON that it prints when it serves. */
export interface ServedUrls {
  readonly nodeUrl?: string
  readonly gatewayUrl?: string
}

/** Serves a chain until its stdin ends: with the process that started it, however that ends. */
async function main(): Promise<void> {
  const order: ServeOrder = JSON.parse(process.argv[2] ?? '')
  const chain = await buildChain(order)
  const node = order.node && (await startNode(chain, order.node))
  const gateway = order.gateway && (await startGateway(chain, order.gateway))
  const urls: ServedUrls = {
    ...(node && { nodeUrl: node.url }),
    ...(gateway && { gatewayUrl: gateway.url }),
  }
  console.log(JSON.stringify(urls))
  process.stdin.resume().on('end', () => process.exit(0))
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
