import { type LogSpec, ONE, type ScriptedBlock, scriptedBlock } from './chain'

/** Chains told by hand, one act a block: what a test is about, and nothing else. */

const HASH = `0x${'ab'.repeat(32)}`
export const NOBODY = `0x${'0'.repeat(40)}`
export const MAKER = `0x${'a1'.padStart(40, '0')}`
export const ANN = `0x${'a2'.padStart(40, '0')}`
export const BOB = `0x${'a3'.padStart(40, '0')}`
export const UDI_DI = '09506000134352'

type Args = Record<string, unknown>

function log(event: string, args: Args, contract = ONE): LogSpec {
  return { contract, event, args }
}

export function submitted(modelId = 1n, contract = ONE): LogSpec {
  const text = { udiDi: UDI_DI, name: 'Pump', metadataUri: '', metadataHash: HASH }
  return log('ModelSubmitted', { modelId, manufacturer: MAKER, ...text }, contract)
}

export function approved(modelId = 1n, contract = ONE): LogSpec {
  return log('ModelApproved', { modelId, regulator: ANN }, contract)
}

export function moved(tokenId: bigint, from: string, to: string, contract = ONE): LogSpec {
  return log('Transfer', { from, to, tokenId }, contract)
}

/** Both logs of a mint; `given` overrides what the identity says. */
export function minted(tokenId: bigint, given: Args = {}, contract = ONE): LogSpec[] {
  const unit = { serial: `S${tokenId}`, lot: 'L1', manufacturedOn: 0, expiresOn: 0 }
  const metadata = { metadataUri: '', metadataHash: HASH }
  const identity = { tokenId, modelId: 1n, manufacturer: MAKER, ...unit, ...metadata, ...given }
  return [moved(tokenId, NOBODY, MAKER, contract), log('DeviceMinted', identity, contract)]
}

export function locked(tokenId: bigint): LogSpec {
  return log('Locked', { tokenId })
}

export function handoffStarted(tokenId: bigint, from: string, to: string): LogSpec {
  return log('HandoffStarted', { tokenId, from, to })
}

export function sold(tokenId: bigint, seller: string, buyer: string): LogSpec {
  return log('DeviceSold', { tokenId, seller, buyer, price: 5n, fee: 1n })
}

export function recallIssued(recallId = 1n): LogSpec {
  const notice = { reason: 'leak', noticeUri: '', noticeHash: HASH }
  return log('RecallIssued', { recallId, modelId: 1n, issuer: MAKER, class: 1, ...notice })
}

export function scopeAdded(given: Args, recallId = 1n): LogSpec {
  return log('RecallScopeAdded', { recallId, wholeModel: false, lots: [], serials: [], ...given })
}

export function resolved(tokenId: bigint, resolution: number, recallId = 1n): LogSpec {
  return log('RecallUnitResolved', { recallId, tokenId, by: ANN, resolution, note: '' })
}

export function recallClosed(recallId = 1n): LogSpec {
  return log('RecallClosed', { recallId, by: MAKER })
}

export function anyLog(event: string, args: Args): LogSpec {
  return log(event, args)
}

/** One block for each act, from block 0 on. */
export function chainOf(...acts: readonly (LogSpec | LogSpec[])[]): ScriptedBlock[] {
  return acts.map((act, height) => scriptedBlock(height, 'a', '0x', [act].flat()))
}
