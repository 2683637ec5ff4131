import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** One rung of a stop: the signal, and how long the process has to obey it. */
export interface StopStep {
  readonly signal: NodeJS.Signals
  readonly waitMs: number
}

/** Ask, then insist. Ten seconds is what an orderly stop of any of our children may take. */
export const POLITE_STOP: readonly StopStep[] = [
  { signal: 'SIGTERM', waitMs: 10_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
]

/**
 * Stops a child that we started; resolves when it is gone, with the signal that did it, or
 * `undefined` where it had ended before. Resolves also when even the last step was not obeyed.
 */
export async function stopChild(
  child: ChildProcess,
  steps: readonly StopStep[] = POLITE_STOP,
): Promise<NodeJS.Signals | undefined> {
  for (const { signal, waitMs } of steps) {
    if (hasEnded(child)) return undefined
    const ended = new Promise<true>((resolve) => child.once('exit', () => resolve(true)))
    child.kill(signal)
    if (await within(waitMs, ended)) return signal
  }
  return undefined
}

/**
 * Stops a process that somebody else started (a leftover of a killed run), which gives no exit
 * event and has to be watched. `isAlive` must tell the process from a later owner of its pid.
 */
export async function stopForeign(
  pid: number,
  isAlive: () => boolean,
  steps: readonly StopStep[] = POLITE_STOP,
): Promise<boolean> {
  for (const { signal, waitMs } of steps) {
    if (!isAlive()) return true
    sendSignal(pid, signal)
    const deadline = performance.now() + waitMs
    while (isAlive() && performance.now() < deadline) await sleep(50)
  }
  return !isAlive()
}

/** Whether the child has ended, by itself or by a signal. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function within(ms: number, promise: Promise<true>): Promise<boolean> {
  const timer = new AbortController()
  const late = sleep(ms, false as const, { signal: timer.signal }).catch(() => false as const)
  try {
    return await Promise.race([promise, late])
  } finally {
    timer.abort()
  }
}
