import type { Logger } from '@subsquid/logger'
import { DeviceTrailError } from '../../domain/errors'
import { readBlock } from './chain-block'
import { blockByNumber, type Endpoint } from './endpoint'
import { EndpointFault } from './faults'

interface Identity {
  chainId: number
  genesis: string
  /** Which endpoint it is known from. */
  endpoint: Endpoint
}

/** Which chain all endpoints must serve: that of the first good one. */
export class ChainIdentity {
  private known: Identity | undefined
  private readonly excluded = new Set<Endpoint>()

  constructor(
    private readonly endpoints: readonly Endpoint[],
    private readonly log: Logger,
  ) {}

  /** The chain id; undefined as long as no endpoint has told it. */
  get chainId(): number | undefined {
    return this.known?.chainId
  }

  /**
   * Asks every endpoint at once; the first in order of preference that answers is the measure of
   * the others. Endpoints that do not answer are left for later.
   *
   * @returns whether one answered
   */
  async establish(): Promise<boolean> {
    const asked = await Promise.all(
      this.endpoints.map((endpoint) => {
        return askIdentity(endpoint).catch((error: unknown) => {
          if (!(error instanceof Error)) throw error
          endpoint.lastFault = error.message
        })
      }),
    )
    for (const identity of asked) if (identity) this.accept(identity)
    return this.known !== undefined
  }

  /**
   * Asks an endpoint that was not used yet, or that was away: somebody may have put another node in
   * its place.
   *
   * @throws EndpointFault also wrong_chain
   * @throws DeviceTrailError NODE_WRONG_CHAIN when no endpoint is left
   */
  async verify(endpoint: Endpoint): Promise<void> {
    this.accept(await askIdentity(endpoint))
    if (endpoint.known) return
    const { chainId, endpoint: first } = this.known ?? {}
    if (this.excluded.size === this.endpoints.length) {
      throw new DeviceTrailError({
        code: 'NODE_WRONG_CHAIN',
        remedy: 'human',
        what: `No endpoint of RPC_URL serves chain ${chainId} of ${first?.name} any more.`,
        todo: 'Point RPC_URL to nodes of that chain.',
      })
    }
    throw new EndpointFault('wrong_chain', 'it serves another chain', { final: true })
  }

  private accept(found: Identity): void {
    const first = this.known ?? found
    this.known = first
    const { endpoint } = found
    endpoint.known = found.chainId === first.chainId && found.genesis === first.genesis
    if (endpoint.known) this.excluded.delete(endpoint)
    else if (!this.excluded.has(endpoint)) {
      this.excluded.add(endpoint)
      this.log.error(
        `${endpoint.name} serves chain ${found.chainId} with genesis ${found.genesis}, but ` +
          `${first.endpoint.name} served chain ${first.chainId} with genesis ${first.genesis}. ` +
          'It is not used. Take it out of RPC_URL, or correct it.',
      )
    }
  }
}

async function askIdentity(endpoint: Endpoint): Promise<Identity> {
  const [chainId] = await endpoint.ask([{ method: 'eth_chainId', params: [] }])
  const [genesis] = await endpoint.ask([blockByNumber('0x0')])
  const id = Number(chainId)
  if (!Number.isSafeInteger(id)) throw new EndpointFault('malformed', 'the chain id is no number')
  return { chainId: id, genesis: readBlock(genesis, '0').hash, endpoint }
}
