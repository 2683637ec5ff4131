import { setTimeout as sleep } from 'node:timers/promises'
import type { DemoHome } from '../demo-home'
import { type ChildCommand, childDied, type RunningChild, startChild } from './children'

/** sysexits.h EX_TEMPFAIL: the cause is outside and passes, start me again. */
const EXIT_RETRY = 75
const RESTARTS_ALLOWED = 5
const RESTART_WINDOW_MS = 60_000

/** A child that runs as long as the demo. */
export interface Service {
  stop(): Promise<void>
}

/** What a service tells the demo. */
export interface ServiceWatch {
  /** A line for the screen. */
  readonly say: (line: string) => void
  /** It ended and is not started again: the demo has to end. */
  readonly onFailure: (error: Error) => void
  /** Pause before the first new start in ms; each further one doubles it. */
  readonly firstPauseMs?: number
}

/**
 * Keeps a child running. Exit code 75 is answered by a new start, up to five times a minute; any
 * other end is a failure.
 */
export function keepRunning(home: DemoHome, command: ChildCommand, watch: ServiceWatch): Service {
  const { firstPauseMs = 500 } = watch
  const stopped = new AbortController()
  let child = startChild(home, command)
  const restarts: number[] = []

  const follow = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const end = await child.ended
      if (stopped.signal.aborted) return
      const recent = restarts.filter((at) => at > performance.now() - RESTART_WINDOW_MS)
      if (end.code !== EXIT_RETRY || recent.length >= RESTARTS_ALLOWED) {
        return watch.onFailure(await childDied(child, end))
      }
      watch.say(
        `the ${command.name} asked to be started again (exit code 75), see ${child.logFile}`,
      )
      restarts.push(performance.now())
      await pause(firstPauseMs * 2 ** recent.length, stopped.signal)
      if (!stopped.signal.aborted) child = startChild(home, command)
    }
  }
  const following = follow()
  return {
    stop: async () => {
      stopped.abort()
      await stopCurrent(child)
      await following
    },
  }
}

async function stopCurrent(child: RunningChild): Promise<void> {
  await child.stop()
  await child.ended
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
