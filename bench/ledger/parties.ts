import { gs1CheckDigit } from '../../src/domain/identity-key'
import type { Random } from '../random'
import type { EventOfContract } from './supply-chain'

/** Numbers of the contract's `PartyKind`, with how many of each take part. */
const KINDS = [
  { kind: 1, name: 'Regulator', count: 1 },
  { kind: 2, name: 'Manufacturer', count: 5 },
  { kind: 3, name: 'Distributor', count: 20 },
  { kind: 4, name: 'Carrier', count: 14 },
  { kind: 5, name: 'Hospital', count: 120 },
  { kind: 6, name: 'Retailer', count: 40 },
] as const
const MODELS = 20

export interface ApprovedModel {
  readonly modelId: bigint
  readonly manufacturer: string
}

/** Who takes part, and what may be minted; with the logs that put both on chain. */
export interface Foundation {
  /** Addresses of everybody who can hold a unit. */
  readonly holders: readonly string[]
  readonly models: readonly ApprovedModel[]
  readonly logs: readonly EventOfContract[]
}

/** Two hundred parties in the directory and twenty approved models. */
export function foundation(random: Random): Foundation {
  const parties = KINDS.flatMap(({ kind, name, count }) =>
    Array.from({ length: count }, (_, n) => ({
      address: random.hex(20),
      kind,
      name: `${name} ${n + 1}`,
      gln: gtin(13, kind * 1000 + n),
    })),
  )
  const addresses = (wanted: number) =>
    parties.filter(({ kind }) => kind === wanted).map(({ address }) => address)
  const manufacturers = addresses(2)
  const regulator = random.pick(addresses(1))
  const models = Array.from({ length: MODELS }, (_, n) => ({
    modelId: BigInt(n + 1),
    manufacturer: random.pick(manufacturers),
  }))
  return {
    holders: parties.filter(({ kind }) => kind !== 1).map(({ address }) => address),
    models,
    logs: [
      ...parties.map(({ address, ...entry }) => ({
        event: 'PartyUpdated',
        args: { party: address, ...entry },
      })),
      ...models.map((model) => submission(model, random)),
      ...models.map(({ modelId }) => ({ event: 'ModelApproved', args: { modelId, regulator } })),
    ],
  }
}

function submission({ modelId, manufacturer }: ApprovedModel, random: Random): EventOfContract {
  const args = {
    modelId,
    manufacturer,
    udiDi: gtin(14, Number(modelId)),
    name: `Infusion pump ${modelId}`,
    metadataUri: `ipfs://model/${modelId}`,
    metadataHash: random.hex(32),
  }
  return { event: 'ModelSubmitted', args }
}

/** A GTIN or GLN with a right check digit: a wrong one would be compared as text, another path. */
function gtin(length: number, number: number): string {
  const digits = `9506${String(number).padStart(length - 5, '0')}`
  return digits + gs1CheckDigit(digits)
}
