import { DeviceTrailError } from '../domain/errors'
import type { Sql } from './sql'

/** What a ledger was filled from. It can go on only from the same. */
export interface ChainIdentity {
  chainId: string
  genesisHash: string
  /** `name=0xaddress@startBlock`, sorted and comma separated. */
  contracts: string
}

/**
 * Remembers what the ledger is filled from, or checks it. Without the check, a node of another
 * chain would look like the deepest of reorgs and its repair would empty the ledger.
 *
 * @throws DeviceTrailError WRONG_CHAIN, CONTRACTS_CHANGED
 */
export async function claimChain(sql: Sql, now: ChainIdentity): Promise<void> {
  await requireSameChain(sql, now)
  await sql(
    'UPDATE squid_processor.chain_state SET chain_id = $1, genesis_hash = $2, contracts = $3',
    [now.chainId, now.genesisHash, now.contracts],
  )
}

/**
 * Checks that the ledger, if it was filled from anything, was filled from this; writes nothing.
 *
 * @throws DeviceTrailError WRONG_CHAIN, CONTRACTS_CHANGED
 */
export async function requireSameChain(sql: Sql, now: ChainIdentity): Promise<void> {
  const [was] = await sql<{ [Key in keyof ChainIdentity]: string | null }>(
    `SELECT chain_id AS "chainId", genesis_hash AS "genesisHash", contracts
     FROM squid_processor.chain_state`,
  )
  if (was?.chainId != null) refuseOther(was, now)
}

function refuseOther(was: { [Key in keyof ChainIdentity]: string | null }, now: ChainIdentity) {
  if (was.chainId !== now.chainId || was.genesisHash !== now.genesisHash) {
    throw new DeviceTrailError({
      code: 'WRONG_CHAIN',
      remedy: 'human',
      what:
        `The node serves chain ${now.chainId} with genesis ${now.genesisHash}, but this database ` +
        `was filled from chain ${was.chainId} with genesis ${was.genesisHash}.`,
      todo: 'Point RPC_URL to a node of that chain, or DB_URL to another database.',
    })
  }
  if (was.contracts !== now.contracts) {
    throw new DeviceTrailError({
      code: 'CONTRACTS_CHANGED',
      remedy: 'human',
      what: `CONTRACTS is ${now.contracts}, but this database was filled from ${was.contracts}.`,
      todo: 'Restore the former value, or index the new set into an empty database (DB_URL).',
    })
  }
}

/** Records what the node says of its head; the API tells the lag from it. */
export async function recordChainHead(sql: Sql, height: number, timestamp: number): Promise<void> {
  await sql(
    `UPDATE squid_processor.chain_state
     SET chain_height = $1, chain_timestamp = to_timestamp($2::float8 / 1000), seen_at = now()`,
    [height, timestamp],
  )
}
