import { setTimeout as sleep } from 'node:timers/promises'
import type { Address } from '../../domain/address'
import type { NodeClient } from '../../ingest/node-client'
import type { Sql } from '../../persistence/sql'
import { inPages } from '../cursor'
import { Differences, type Found } from '../difference'
import { StateMissing } from './node-answers'
import { OwnerReader, type Token, type Told } from './owner-reader'
import type { Pin } from './pin'
import { type Sample, type SampledUnit, sampledUnits } from './sample'

/** Requests that are under way at the same time. */
const AT_ONCE = 4
/** Replicas behind one address do not all have a block at the same time. */
const TRIES = 4
const TRY_AGAIN_MS = 500

/** Where to ask, and of whom. */
export interface ChainToAsk {
  readonly url: string
  readonly node: NodeClient
  /** Address of each contract, by its name. */
  readonly contracts: ReadonlyMap<string, Address>
}

export type OwnersFound = Found & {
  /** The block at which ledger and chain were compared. */
  readonly pin: Pin
  readonly unchecked: string | null
}

/** The chain at the pinned block is not that of the ledger any more. */
class Reorganised extends Error {}

/**
 * Whether `ownerOf` of the contracts says what the ledger says, at one block. That is the head of
 * the snapshot by its hash; when a fork has replaced it, or the node does not have it, the last
 * final block, so that a fork never looks like a difference.
 *
 * @param pins blocks at which the ledger can be compared, the preferred one first
 * @param progress told how many units are done
 */
export async function checkOwners(
  snapshot: Sql,
  chain: ChainToAsk,
  pins: readonly Pin[],
  sample: Sample,
  progress: (done: number) => Promise<void>,
): Promise<OwnersFound | undefined> {
  let furthest: OwnersFound | undefined
  for (const pin of pins) {
    const found = await compareAt(snapshot, chain, pin, sample, progress)
    // A difference at one block is none the less one where another block cannot be compared.
    if (found.unchecked === null || found.count > 0) return found
    if (furthest === undefined || found.checked > furthest.checked) furthest = found
  }
  return furthest
}

async function compareAt(
  snapshot: Sql,
  chain: ChainToAsk,
  pin: Pin,
  sample: Sample,
  progress: (done: number) => Promise<void>,
): Promise<OwnersFound> {
  const found = new Differences()
  let checked = 0
  let unchecked: string | null = null
  try {
    await requireOnChain(chain.node, pin)
    const [any] = await snapshot<SampledUnit>(`${sampledUnits({ ...sample, size: 1 }, pin)}`)
    if (any !== undefined) {
      const reader = await OwnerReader.open(chain.url, pin, tokenOf(any, chain))
      const page = reader.requestSize === 1 ? 16 : reader.requestSize * AT_ONCE
      for await (const units of inPages<SampledUnit>(snapshot, sampledUnits(sample, pin), page)) {
        const told = await ask(
          reader,
          units.map((unit) => tokenOf(unit, chain)),
        )
        if (!reader.isByHash) await requireOnChain(chain.node, pin)
        for (const [index, unit] of units.entries()) compare(unit, told[index], found)
        checked += units.length
        await progress(checked)
      }
    }
  } catch (error) {
    unchecked = await whyUnchecked(error, chain.node, pin, checked)
  }
  return { pin, checked, count: found.count, first: found.first, unchecked }
}

function compare(unit: SampledUnit, told: Told | undefined, found: Differences): void {
  if (told === undefined) throw new Error(`no answer for ${unit.id}`)
  if ('owner' in told && told.owner === unit.owner) return
  const expected = 'owner' in told ? told.owner : told.silent
  found.add({ subject: unit.id, field: 'ownerOf', recorded: unit.owner, expected })
}

function tokenOf({ contract, tokenId, id }: SampledUnit, { contracts }: ChainToAsk): Token {
  const address = contracts.get(contract)
  if (address === undefined) throw new Error(`${id} is of a contract that CONTRACTS does not name`)
  return { contract: address, tokenId: BigInt(tokenId) }
}

/** All answers of a page, in its order. */
async function ask(reader: OwnerReader, tokens: readonly Token[]): Promise<Told[]> {
  const requests: Token[][] = []
  for (let start = 0; start < tokens.length; start += reader.requestSize) {
    requests.push(tokens.slice(start, start + reader.requestSize))
  }
  const answers = await Promise.all(requests.map((request) => askAgain(reader, request)))
  return answers.flat()
}

async function askAgain(reader: OwnerReader, tokens: readonly Token[]): Promise<Told[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await reader.owners(tokens)
    } catch (error) {
      if (!(error instanceof StateMissing) || tries >= TRIES) throw error
      await sleep(TRY_AGAIN_MS)
    }
  }
}

/** @throws Reorganised, StateMissing */
async function requireOnChain(node: NodeClient, { height, hash }: Pin): Promise<void> {
  const block = await node.blockAt(height)
  if (block === undefined) throw new StateMissing(`the node has no block ${height} yet`)
  if (block.hash !== hash) throw new Reorganised()
}

/** Why a comparison ended early, and what to do; anything that is no answer of a chain is thrown. */
async function whyUnchecked(
  error: unknown,
  node: NodeClient,
  pin: Pin,
  checked: number,
): Promise<string> {
  const ended = `Owners were compared for ${checked} units.`
  const forked = `${ended} Block ${pin.height} was replaced by a fork. Run the check again.`
  if (error instanceof Reorganised) return forked
  if (!(error instanceof StateMissing)) throw error
  const block = await node.blockAt(pin.height)
  if (block === undefined) {
    return `${ended} The node has no block ${pin.height} yet. Wait until it has caught up.`
  }
  if (block.hash !== pin.hash) return forked
  return (
    `${ended} The node does not have the state of block ${pin.height} (${error.message}). Use an ` +
    'archive node (RPC_URL), or a smaller sample (--sample) while the block is recent.'
  )
}
