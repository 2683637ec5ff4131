import type { Place } from './statements'

/** What a finding makes of the verdict. */
export type Weight =
  | 'INVALID'
  | 'UNKNOWN'
  | 'AMBIGUOUS'
  | 'SUSPECT'
  | 'MISMATCH'
  | 'RECALLED'
  | 'DECOMMISSIONED'
  | 'EXPIRED'

/** A reason code with the log that it rests on, and its weight. */
export interface Found {
  /** `CODE` or `CODE@height.logIndex txHash`. */
  reason: string
  weight: Weight | null
}

export function found(
  code: string,
  at: Pick<Place, 'height' | 'logIndex' | 'txHash'> | null,
  weight: Weight | null = null,
): Found {
  const reason = at === null ? code : `${code}@${at.height}.${at.logIndex} ${at.txHash}`
  return { reason, weight }
}
