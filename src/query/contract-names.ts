import { type Address, toAddress } from '../domain/address'
import type { Sql } from './sql'

const NAME_AND_ADDRESS = /([a-z][a-z0-9]{0,31})=(0x[0-9a-f]{40})(?![0-9a-f])/gi

/**
 * Names of the contracts that the indexer follows, by address. The indexer writes them beside its
 * state, so that the API cannot be configured with others than those the record was made from;
 * empty until it has run.
 */
export async function contractNames(sql: Sql): Promise<ReadonlyMap<Address, string>> {
  const [state] = await sql<{ contracts: string | null }>(
    'SELECT contracts FROM squid_processor.chain_state WHERE id = 0',
  )
  const names = new Map<Address, string>()
  for (const [, name, text] of (state?.contracts ?? '').matchAll(NAME_AND_ADDRESS)) {
    const address = text === undefined ? undefined : toAddress(text)
    if (name !== undefined && address !== undefined) names.set(address, name)
  }
  return names
}
