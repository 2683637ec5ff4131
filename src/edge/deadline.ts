import { setTimeout as sleep } from 'node:timers/promises'
import { DeviceTrailError } from '../domain/errors'
import type { TrackedRequest } from './abandoned-queries'

/** A request may be between two statements, or wait for a connection: once is not enough. */
const STOP_AGAIN_MS = 250

/**
 * Fails when a request takes longer than any may, whatever it waits for. The limit of one statement
 * does not bound a request of many, nor one that waits for a connection.
 *
 * @param done aborted when the request has been answered; the promise then stays pending
 * @throws DeviceTrailError QUERY_TIMEOUT
 */
export async function untilLate(requestTimeoutMs: number, done: AbortSignal): Promise<never> {
  await sleep(requestTimeoutMs, undefined, { signal: done }).catch(() => FOREVER)
  throw new DeviceTrailError({
    code: 'QUERY_TIMEOUT',
    remedy: 'retry',
    what: `The request took longer than ${requestTimeoutMs / 1_000} seconds and was stopped.`,
    todo: 'Ask for less: fewer fields, smaller pages, simpler filters; or try again later.',
  })
}

const FOREVER = new Promise<never>(() => undefined)

/** Stops the SQL of a request that nobody waits for, until the request has ended. */
export async function stopWork(request: TrackedRequest, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    await request.abandon()
    await sleep(STOP_AGAIN_MS, undefined, { signal: ended }).catch(() => undefined)
  }
}
