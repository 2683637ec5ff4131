/** What a log carries that nobody reads after it was decoded. */
interface Texts {
  topics: string[]
  data: string
}

/** Stands where topics were. */
const GONE: string[] = []

/**
 * What `read` makes of the logs of a block. After it they let go of their topics and data: the
 * generators of the processor keep the batches that they handed over last, which is 10 MB where the
 * database is slower than the source. The logs themselves stay, for the processor counts them.
 *
 * @throws Error where they were read before, for logs without topics would be passed over
 */
export function readOnce<Log extends Texts, Result>(
  logs: readonly Log[],
  read: (logs: readonly Log[]) => Result,
): Result {
  if (logs.some(({ topics }) => topics === GONE)) {
    throw new Error('The logs of a block were read before, and are empty since.')
  }
  const result = read(logs)
  for (const log of logs) {
    log.topics = GONE
    log.data = ''
  }
  return result
}
