import type { Hex } from 'viem'
import { readArtifact } from './artifact'
import { ContractClient, type Emitted } from './contract-client'
import {
  type Cast,
  castOf,
  connect,
  deploy,
  FEE_BASIS_POINTS,
  MANUFACTURER_ROLE,
  type Node,
  REGULATOR_ROLE,
} from './deployment'

export const ZERO = '0x0000000000000000000000000000000000000000'
export const NO_HASH: Hex = `0x${'00'.repeat(32)}`
export const SOME_HASH: Hex = `0x${'ab'.repeat(32)}`
export const UDI_DI = '00844588003288'
/** The model that `setStage` submits and approves for the maker. */
export const MODEL = 1n

/** Values of the contract's enums, which travel as numbers. */
export const PartyKind = { None: 0, Manufacturer: 2 } as const
export const ModelStatus = { Submitted: 1, Approved: 2, Rejected: 3, Revoked: 4 } as const
export const RecallClass = { None: 0, I: 1, II: 2 } as const
export const Resolution = { None: 0, Returned: 2, Destroyed: 4 } as const

/** A deployed contract with its roles given out and one approved model, and who acts on it. */
export interface Stage {
  readonly node: Node
  readonly who: Cast
  readonly device: ContractClient
}

/** Deploys and prepares; about a dozen transactions. */
export async function setStage(url: string): Promise<Stage> {
  const node = connect(url)
  const who = await castOf(node)
  const artifact = await readArtifact('DeviceNFT')
  const args = [who.admin, who.treasury, FEE_BASIS_POINTS]
  const address = await deploy(node, who.admin, artifact, args)
  const device = new ContractClient(node, address, artifact.abi)

  await device.send(who.admin, 'grantRole', [REGULATOR_ROLE, who.regulator])
  await device.send(who.admin, 'grantRole', [MANUFACTURER_ROLE, who.maker])
  await device.send(who.admin, 'grantRole', [MANUFACTURER_ROLE, who.otherMaker])
  await device.send(who.maker, 'submitModel', [UDI_DI, 'Pacemaker P1', '', NO_HASH])
  await device.send(who.regulator, 'approveModel', [MODEL])
  return { node, who, device }
}

/** A unit as the contract takes it; what is not given is absent. */
export function unit(serial: string, given: Partial<Unit> = {}): Unit {
  const absent = {
    lot: '',
    manufacturedOn: 0,
    expiresOn: 0,
    metadataUri: '',
    metadataHash: NO_HASH,
  }
  return { serial, ...absent, ...given }
}

export interface Unit {
  readonly serial: string
  readonly lot: string
  readonly manufacturedOn: number
  readonly expiresOn: number
  readonly metadataUri: string
  readonly metadataHash: Hex
}

/** Mints to the clinic, and returns the token's id. */
export async function mint(
  { device, who }: Stage,
  serial: string,
  given: Partial<Unit> = {},
): Promise<bigint> {
  await device.send(who.maker, 'mint', [who.clinic, MODEL, unit(serial, given)])
  const tokenId = await device.read('tokenOf', [MODEL, serial])
  if (typeof tokenId !== 'bigint') throw new Error(`tokenOf gave ${String(tokenId)}`)
  return tokenId
}

/** The scope of a recall; what is not given is not in it. */
export function scope(given: { wholeModel?: boolean; lots?: string[]; serials?: string[] }) {
  return { wholeModel: false, lots: [], serials: [], ...given }
}

/** Issues a class I recall on `MODEL` as the maker. Recalls are numbered from 1. */
export function recall(
  { device, who }: Stage,
  given: Parameters<typeof scope>[0],
): Promise<Emitted[]> {
  return device.send(who.maker, 'issueRecall', [
    MODEL,
    RecallClass.I,
    scope(given),
    'battery',
    'https://maker.example/notice',
    SOME_HASH,
  ])
}

export function names(events: readonly Emitted[]): string[] {
  return events.map(([name]) => name)
}
