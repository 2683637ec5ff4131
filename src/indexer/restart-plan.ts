import type { WorkerRemedy } from './worker-messages'

const FAILURES_MAX = 12
const PAUSE_MS_MIN = 250
const PAUSE_MS_MAX = 30_000
/** A database or node that is back is noticed soon; the message of each start says what is away. */
const AWAY_PAUSE_MS_MAX = 10_000

/** How a run of the indexer ended. */
export interface EndedRun {
  /** It committed a batch. */
  progressed: boolean
  /** What helps against its end; `unknown` when it did not say why. */
  remedy: WorkerRemedy
}

/** What to do after a run: give up, or start again after a pause in milliseconds. */
export type NextStep = { give: 'up' } | { pauseMs: number; failures: number; of: number }

/**
 * Decides when the indexer starts again. What passes by itself (database, node) is waited out
 * without end. Any other end may be a bug: after twelve of them in a row without a batch the
 * process gives up, three minutes later, for it would never get further. A wait in between neither
 * counts nor forgives.
 */
export class RestartPlan {
  private failures = 0
  private waits = 0

  after({ progressed, remedy }: EndedRun): NextStep {
    if (progressed) {
      this.failures = 0
      this.waits = 0
    }
    if (remedy === 'retry') {
      this.waits++
      const pauseMs = growing(this.waits, AWAY_PAUSE_MS_MAX)
      return { pauseMs, failures: this.waits, of: Infinity }
    }
    this.failures++
    if (this.failures >= FAILURES_MAX) return { give: 'up' }
    const pauseMs = growing(this.failures, PAUSE_MS_MAX)
    return { pauseMs, failures: this.failures, of: FAILURES_MAX }
  }
}

function growing(times: number, max: number): number {
  return Math.min(max, PAUSE_MS_MIN * 2 ** (times - 1))
}
