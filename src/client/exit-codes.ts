import { DeviceTrailError } from '../domain/errors'
import type { Verdict } from './questions/verify-device'

/**
 * Exit codes of the commands that ask a server. Those from 64 on are of BSD's sysexits.h. 1 is
 * "answered, but a person must look", so no failure may end with it.
 */
export const EXIT = {
  /** Answered, and nothing speaks against it. */
  ok: 0,
  /** Answered, with something that a person must look at. */
  findings: 1,
  /** EX_USAGE: the command was put wrongly. */
  usage: 64,
  /** EX_DATAERR: an input, an identifier or a file, cannot be used. */
  data: 65,
  /** EX_UNAVAILABLE: no DeviceTrail server answers there. */
  unavailable: 69,
  /** EX_SOFTWARE: a bug, here or in the server. */
  bug: 70,
  /** EX_TEMPFAIL: the same command may succeed later. */
  retry: 75,
  /** As if ended by SIGPIPE: whoever read the output has gone. */
  readerGone: 141,
} as const

/** Exit codes of `verify`: a script must be able to tell a recalled unit from a forged one. */
export const VERDICT_EXIT: Readonly<Record<Verdict, number>> = {
  GENUINE: EXIT.ok,
  RECALLED: 10,
  DECOMMISSIONED: 11,
  EXPIRED: 12,
  MISMATCH: 13,
  SUSPECT: 14,
  AMBIGUOUS: 15,
  UNKNOWN: 16,
  INVALID: 17,
}

const BY_CODE: Readonly<Record<string, number>> = {
  USAGE: EXIT.usage,
  SERVER_UNREACHABLE: EXIT.unavailable,
  SERVER_DIFFERENT: EXIT.unavailable,
  INTERNAL: EXIT.bug,
}

/** The exit code of a command that could not answer. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof DeviceTrailError)) return EXIT.bug
  const known = BY_CODE[error.code]
  if (known !== undefined) return known
  return error.remedy === 'retry' ? EXIT.retry : EXIT.data
}
