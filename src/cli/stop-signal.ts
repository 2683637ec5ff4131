/** Aborts when the operator asks the process to end: Ctrl-C, or SIGTERM of a service manager. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => controller.abort(signal))
  }
  return controller.signal
}
