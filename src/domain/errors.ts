/**
 * What the program does after an error, decided where the error is made:
 * - `human`: a person must change something (configuration, chain, database); retrying is useless;
 * - `retry`: the cause is outside and passes (network, node, database restart);
 * - `caller`: a question was put wrongly; the caller is told, the program goes on.
 */
export type Remedy = 'human' | 'retry' | 'caller'

export interface Problem {
  /** Stable, upper case with underscores; programs match on it, never on the text. */
  code: string
  remedy: Remedy
  /** What happened, with the offending value and what was expected. */
  what: string
  /** What the reader should do. */
  todo: string
}

/**
 * The only error that DeviceTrail throws on purpose. Anything else is a bug or a fault of a part.
 */
export class DeviceTrailError extends Error {
  readonly code: string
  readonly remedy: Remedy
  readonly todo: string

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(`${problem.what}${problem.what.endsWith('\n') ? '' : ' '}${problem.todo}`, options)
    this.name = 'DeviceTrailError'
    this.code = problem.code
    this.remedy = problem.remedy
    this.todo = problem.todo
  }
}

/** An error about a question: wrong, unknown or out of bounds. */
export function callerError(code: string, what: string, todo: string): DeviceTrailError {
  return new DeviceTrailError({ code, remedy: 'caller', what, todo })
}
