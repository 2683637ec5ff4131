/** In order of precedence: the first that a finding asks for is the verdict. */
export const VERDICTS = [
  'INVALID',
  'UNKNOWN',
  'AMBIGUOUS',
  'SUSPECT',
  'MISMATCH',
  'RECALLED',
  'DECOMMISSIONED',
  'EXPIRED',
  'GENUINE',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** The log that a reason rests on. */
export interface LogReference {
  txHash: string | null
  blockHeight: number | null
  logIndex: number | null
}

/** Why a verdict is what it is; with nulls where it rests on no log. */
export interface Reason extends LogReference {
  /** Stable; programs match on it. */
  code: string
  message: string
}

/**
 * A reason, and the verdict that it asks for; it asks for none where it speaks for the unit or only
 * informs.
 */
export interface Finding {
  reason: Reason
  asksFor?: Verdict
}

const NO_LOG: LogReference = { txHash: null, blockHeight: null, logIndex: null }

export function finding(
  code: string,
  message: string,
  { at, asksFor }: { at?: LogReference | null; asksFor?: Verdict } = {},
): Finding {
  const { txHash, blockHeight, logIndex } = at ?? NO_LOG
  return {
    reason: { code, message, txHash, blockHeight, logIndex },
    ...(asksFor === undefined ? {} : { asksFor }),
  }
}

/** GENUINE where nothing asks for another verdict. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const asked = new Set(findings.map((one) => one.asksFor))
  return VERDICTS.find((verdict) => asked.has(verdict)) ?? 'GENUINE'
}

/** A reason as stated by others, as the tail of a message; nothing where none was stated. */
export function because(reason: string | null): string {
  return reason ? `: ${reason}` : ''
}
