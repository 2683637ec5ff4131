import { setTimeout as sleep } from 'node:timers/promises'
import { DeviceTrailError } from '../domain/errors'
import type { Readiness } from './readiness'

/** Most answers take milliseconds; only those that take this long are worth a look. */
const LOOK_AFTER_MS = 4_000
const LOOK_AGAIN_MS = 1_000

/**
 * Fails when the database stops to answer while a request waits for it. A server that hangs, or a
 * machine that is gone without a word, ends no statement and cuts no connection: nobody would ever
 * hear of it. One failed look may be a restart of the connection, two in a row are not.
 *
 * @param done aborted when the request has been answered; the promise then stays pending
 * @throws DeviceTrailError DATABASE_UNAVAILABLE
 */
export async function untilDatabaseIsLost(readiness: Readiness, done: AbortSignal): Promise<never> {
  for (let failed = 0, pauseMs = LOOK_AFTER_MS; ; ) {
    await pause(pauseMs, done)
    const answers = (await readiness.status()) !== null
    failed = answers ? 0 : failed + 1
    if (failed >= 2) throw databaseLost()
    pauseMs = answers ? LOOK_AFTER_MS : LOOK_AGAIN_MS
  }
}

/** Pending for good once `done` is aborted, so that nothing goes on for an answered request. */
function pause(ms: number, done: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal: done }).catch(() => new Promise(() => undefined))
}

function databaseLost(): DeviceTrailError {
  return new DeviceTrailError({
    code: 'DATABASE_UNAVAILABLE',
    remedy: 'retry',
    what: 'The database stopped to answer while a request waited for it.',
    todo: 'See whether its server still lives.',
  })
}
