/**
 * Names of contracts, tokens and rows. Deterministic, readable, short; every id of the ledger is
 * made here.
 */

/** A configured contract name: the part of every id before the first dash. */
export const CONTRACT_NAME = /^[a-z][a-z0-9]{0,31}$/

/** `{contract}-{tokenId}`. */
export function deviceId(contract: string, tokenId: bigint): string {
  return `${contract}-${tokenId}`
}

/** `{contract}-model-{modelNo}`. */
export function modelId(contract: string, modelNo: bigint): string {
  return `${contract}-model-${modelNo}`
}

/** The form of a model id. */
export const MODEL_ID = /^[a-z][a-z0-9]{0,31}-model-\d+$/

/** `{contract}-recall-{recallNo}`. */
export function recallId(contract: string, recallNo: bigint): string {
  return `${contract}-recall-${recallNo}`
}

/** The form of a recall id; a number of the contract has at most 78 digits. */
export const RECALL_ID = /^[a-z][a-z0-9]{0,31}-recall-(0|[1-9]\d{0,77})$/

/** `{deviceId}-{number}`, counted from 0 at mint. */
export function periodId(device: string, number: number): string {
  return `${device}-${number}`
}
