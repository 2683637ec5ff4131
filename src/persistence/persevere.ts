import { setTimeout as sleep } from 'node:timers/promises'
import { DeviceTrailError } from '../domain/errors'
import { explainFault } from './explain-fault'

const PAUSE_MS = 1_000
const REPEAT_MS = 10_000

/** How something is waited for. */
export interface Patience {
  /** Is told what is waited for: at once, when that changes, and every ten seconds. */
  say(line: string): void
  /** Ends the waiting. */
  stop?: AbortSignal | undefined
  /** Milliseconds, by a clock that nobody can set; without end where not given. */
  forMs?: number | undefined
  /** What is waited out; where not given, all that passes by itself. */
  passes?(error: DeviceTrailError): boolean
}

/**
 * Repeats an attempt for as long as what stands in its way passes by itself.
 *
 * @throws what a person must see to; what stood in the way when the time was up; the reason of
 *   `stop`
 */
export async function persevere<Result>(
  attempt: () => Promise<Result>,
  { say, stop, forMs = Infinity, passes = passesByItself }: Patience,
): Promise<Result> {
  const begun = performance.now()
  let said: { line: string; at: number } | undefined
  for (;;) {
    stop?.throwIfAborted()
    try {
      return await attempt()
    } catch (cause) {
      const error = explainFault(cause)
      if (!(error instanceof DeviceTrailError) || !passes(error)) throw error
      const now = performance.now()
      if (now - begun >= forMs) throw error
      const line = `${error.code}: ${error.message}`
      if (said?.line !== line || now - said.at >= REPEAT_MS) {
        say(`waiting. ${line}`)
        said = { line, at: now }
      }
    }
    await sleep(PAUSE_MS, undefined, { signal: stop }).catch(() => undefined)
  }
}

function passesByItself({ remedy }: DeviceTrailError): boolean {
  return remedy === 'retry'
}
