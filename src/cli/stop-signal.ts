/** Service managers kill after ten seconds or more; what cannot be closed by then is cut. */
const STOP_MS = 8_000

/**
 * Aborts when the operator asks the process to end: Ctrl-C, or SIGTERM of a service manager. A stop
 * that hangs, on a database that does not answer for instance, is cut short with exit code 0: what
 * is not committed is rolled back by the database and read again. A second signal ends at once.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(0), STOP_MS).unref()
      controller.abort(signal)
    })
  }
  return controller.signal
}

/** Calls back when the signal aborts, also when it did so before. */
export function onStop(stop: AbortSignal, end: () => void): void {
  if (stop.aborted) end()
  else stop.addEventListener('abort', end, { once: true })
}
