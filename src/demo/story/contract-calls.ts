import { type Hex, isHex, keccak256, toHex } from 'viem'
import { functions } from '../../abi/DeviceNFT'
import type { CatalogueLot, CatalogueModel } from './catalogue'
import { unitMetadataUri } from './catalogue'
import { PARTIES, PARTY_KIND, type PartyKey } from './parties'

/** A call of the contract, ready to be sent. */
export interface ContractCall {
  /** Whose account sends it. */
  readonly by: PartyKey
  /** The function's name, for messages. */
  readonly action: string
  readonly data: Hex
  /** Wei sent with it. */
  readonly value: bigint
}

/** The numbers of `IDeviceNFT.RecallClass`. */
export const RECALL_CLASS = { I: 1, II: 2, III: 3 } as const
/** The numbers of `IDeviceNFT.Resolution`. */
export const RESOLUTION = {
  acknowledged: 1,
  returned: 2,
  corrected: 3,
  destroyed: 4,
  notFound: 5,
} as const

/** What a recall names. Empty lists name nothing. */
export interface RecallScope {
  readonly wholeModel: boolean
  readonly lots: string[]
  readonly serials: string[]
}

/** The fee of a sale on top of its price, in basis points. */
export const FEE_BASIS_POINTS = 250

/** What a buyer pays for a price in wei: the contract rounds the fee down. */
export function withFee(price: bigint): bigint {
  return price + (price * BigInt(FEE_BASIS_POINTS)) / 10_000n
}

/** Every call that the demo makes, by the name of the contract's function. */
export const calls = {
  setParty: (party: PartyKey) => {
    const { address, kind, name, gln } = PARTIES[party]
    return call(
      'registry',
      'setParty',
      functions.setParty.encode({ party: address, kind: PARTY_KIND[kind], name, gln }),
    )
  },
  grantRole: (role: 'MANUFACTURER_ROLE' | 'REGULATOR_ROLE', party: PartyKey) => {
    const account = PARTIES[party].address
    return call(
      'registry',
      'grantRole',
      functions.grantRole.encode({ role: keccak256(toHex(role)), account }),
    )
  },
  submitModel: ({ manufacturer, udiDi, name, metadataUri }: CatalogueModel) => {
    const metadataHash = keccak256(toHex(metadataUri))
    return call(
      manufacturer,
      'submitModel',
      functions.submitModel.encode({ udiDi, name, metadataUri, metadataHash }),
    )
  },
  approveModel: (modelId: bigint) => {
    return call('regulator', 'approveModel', functions.approveModel.encode({ modelId }))
  },
  rejectModel: (modelId: bigint, reason: string) => {
    return call('regulator', 'rejectModel', functions.rejectModel.encode({ modelId, reason }))
  },
  mintBatch: (by: PartyKey, { model, lot, serials, manufacturedOn, expiresOn }: CatalogueLot) => {
    const units = serials.map((serial) => {
      const metadataUri = unitMetadataUri(serial)
      const metadataHash = keccak256(toHex(metadataUri))
      return { serial, lot, manufacturedOn, expiresOn, metadataUri, metadataHash }
    })
    const args = { to: PARTIES[by].address, modelId: BigInt(model), units }
    return call(by, 'mintBatch', functions.mintBatch.encode(args))
  },
  startHandoff: (by: PartyKey, tokenId: bigint, to: PartyKey) => {
    return call(
      by,
      'startHandoff',
      functions.startHandoff.encode({ tokenId, to: PARTIES[to].address }),
    )
  },
  confirmHandoff: (by: PartyKey, tokenId: bigint) => {
    return call(by, 'confirmHandoff', functions.confirmHandoff.encode({ tokenId }))
  },
  cancelHandoff: (by: PartyKey, tokenId: bigint) => {
    return call(by, 'cancelHandoff', functions.cancelHandoff.encode({ tokenId }))
  },
  list: (by: PartyKey, tokenId: bigint, price: bigint) => {
    return call(by, 'list', functions.list.encode({ tokenId, price }))
  },
  delist: (by: PartyKey, tokenId: bigint) => {
    return call(by, 'delist', functions.delist.encode({ tokenId }))
  },
  buy: (by: PartyKey, tokenId: bigint, price: bigint) => {
    return call(by, 'buy', functions.buy.encode({ tokenId }), withFee(price))
  },
  transfer: (by: PartyKey, tokenId: bigint, to: PartyKey) => {
    const args = { from: PARTIES[by].address, to: PARTIES[to].address, tokenId }
    return call(by, 'transferFrom', functions.transferFrom.encode(args))
  },
  lock: (by: PartyKey, tokenId: bigint) => call(by, 'lock', functions.lock.encode({ tokenId })),
  unlock: (by: PartyKey, tokenId: bigint) =>
    call(by, 'unlock', functions.unlock.encode({ tokenId })),
  setMetadata: (by: PartyKey, tokenId: bigint, metadataUri: string) => {
    const metadataHash = keccak256(toHex(metadataUri))
    return call(
      by,
      'setMetadata',
      functions.setMetadata.encode({ tokenId, metadataUri, metadataHash }),
    )
  },
  returnToManufacturer: (by: PartyKey, tokenId: bigint, reason: string) => {
    return call(
      by,
      'returnToManufacturer',
      functions.returnToManufacturer.encode({ tokenId, reason }),
    )
  },
  decommission: (by: PartyKey, tokenId: bigint, reason: string) => {
    return call(by, 'decommission', functions.decommission.encode({ tokenId, reason }))
  },
  issueRecall: (
    by: PartyKey,
    modelId: bigint,
    recallClass: keyof typeof RECALL_CLASS,
    scope: RecallScope,
    reason: string,
  ) => {
    const noticeUri = `https://notices.example/recalls/${modelId}-${recallClass.toLowerCase()}.pdf`
    const notice = { reason, noticeUri, noticeHash: keccak256(toHex(noticeUri)) }
    const args = { modelId, class: RECALL_CLASS[recallClass], scope, ...notice }
    return call(by, 'issueRecall', functions.issueRecall.encode(args))
  },
  addRecallScope: (by: PartyKey, recallId: bigint, scope: RecallScope) => {
    return call(by, 'addRecallScope', functions.addRecallScope.encode({ recallId, scope }))
  },
  resolveRecalledUnit: (
    by: PartyKey,
    recallId: bigint,
    tokenId: bigint,
    resolution: keyof typeof RESOLUTION,
    note: string,
  ) => {
    const args = { recallId, tokenId, resolution: RESOLUTION[resolution], note }
    return call(by, 'resolveRecalledUnit', functions.resolveRecalledUnit.encode(args))
  },
  closeRecall: (by: PartyKey, recallId: bigint) => {
    return call(by, 'closeRecall', functions.closeRecall.encode({ recallId }))
  },
} as const

function call(by: PartyKey, action: string, data: string, value = 0n): ContractCall {
  if (!isHex(data)) throw new TypeError(`the encoded call of ${action} is no hex string: ${data}`)
  return { by, action, data, value }
}
