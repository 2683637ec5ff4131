import type { DataSource } from 'typeorm'
import type { FollowedContract } from '../config/contracts'
import { formatContracts } from '../config/contracts'
import { nodeClient } from '../ingest/node-client'
import { requireSameChain } from '../persistence/chain-state'
import { type Sql, sqlOf } from '../persistence/sql'
import { compareWithChain } from './chain/compare'
import { nodeFailure } from './chain/node-answers'
import type { ChainToAsk } from './chain/owners'
import { type Pin, pinsOf } from './chain/pin'
import type { Sample } from './chain/sample'
import type { CheckProgress, RuleResult } from './difference'
import { checkLedger } from './ledger/check-ledger'
import { inSnapshot } from './snapshot'

/** A chain to compare the ledger with. */
export interface ChainOptions {
  readonly rpcUrl: string
  readonly contracts: readonly FollowedContract[]
  readonly sample: Sample
}

/** What a check found out. */
export interface CheckOutcome {
  /** Head of the ledger in the snapshot; undefined while nothing is indexed. */
  readonly head: Pin | undefined
  /** Block at which owners were compared with the chain. */
  readonly comparedAt: Pin | undefined
  readonly results: readonly RuleResult[]
}

/**
 * Proves the ledger against itself, and against the chain where one is given. Runs beside the
 * indexer: everything is read in one snapshot, and what a fork changes meanwhile is no difference.
 *
 * @throws DeviceTrailError WRONG_CHAIN, CONTRACTS_CHANGED, NODE_FAILED
 */
export async function runCheck(
  database: DataSource,
  chain: ChainOptions | undefined,
  progress: CheckProgress,
): Promise<CheckOutcome> {
  const now = sqlOf(database.manager)
  const toAsk = chain && (await openChain(now, chain).catch(rethrowNodeFailure))
  return inSnapshot(database, async (snapshot) => {
    const pins = await pinsOf(snapshot)
    const results: RuleResult[] = []
    for await (const result of checkLedger(snapshot, progress)) results.push(result)
    let comparedAt: Pin | undefined
    if (chain !== undefined && toAsk !== undefined) {
      const against = { snapshot, now, toAsk, sample: chain.sample, pins, progress }
      const compared = await compareWithChain(against)
      results.push(...compared.results)
      comparedAt = compared.pin
    }
    return { head: pins[0], comparedAt, results }
  })
}

async function openChain(now: Sql, { rpcUrl, contracts }: ChainOptions): Promise<ChainToAsk> {
  const node = nodeClient(rpcUrl)
  const genesis = await node.blockAt(0)
  await requireSameChain(now, {
    chainId: await node.chainId(),
    genesisHash: genesis?.hash ?? '(none)',
    contracts: formatContracts(contracts),
  })
  const addresses = contracts.map(({ name, address }) => [name, address] as const)
  return { url: rpcUrl, node, contracts: new Map(addresses) }
}

function rethrowNodeFailure(error: unknown): never {
  throw nodeFailure(error)
}
