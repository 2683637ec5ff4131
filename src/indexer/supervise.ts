import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Logger } from '@subsquid/logger'
import type { IndexConfig } from '../config/environment'
import type { WorkerInput, WorkerMessage } from './worker-messages'

/** Exit codes of BSD's sysexits.h: what a service manager should do. */
export const EXIT_OK = 0
/** EX_TEMPFAIL: start it again later. */
export const EXIT_RETRY = 75
/** EX_CONFIG: a person must change something first. */
export const EXIT_HUMAN = 78

const FAILURES_MAX = 12
const PAUSE_MS_MIN = 250
const PAUSE_MS_MAX = 30_000

type Failure = Extract<WorkerMessage, { type: 'failed' }>

/**
 * Keeps the indexer running. The processor ends its process on every fault, also on a reorg deeper
 * than finality, which the next start repairs; so it runs in a thread of its own and is started
 * again, with growing pauses, until twelve starts in a row brought not a single batch.
 *
 * @param stop aborted when the operator wants it to end; an open transaction is rolled back
 * @returns the exit code for the process
 */
export async function superviseIndexer(
  config: IndexConfig,
  log: Logger,
  stop: AbortSignal,
): Promise<number> {
  let failures = 0
  while (!stop.aborted) {
    const run = await runWorker(config, stop)
    if (stop.aborted) break
    if (run.failure?.remedy === 'human') {
      log.fatal(`${run.failure.code}: ${run.failure.message}`)
      return EXIT_HUMAN
    }
    failures = run.progressed ? 1 : failures + 1
    const why = run.failure
      ? `${run.failure.code}: ${run.failure.message}`
      : `the processor ended with code ${run.code}; its last message says why`
    if (failures >= FAILURES_MAX) {
      log.fatal(`${FAILURES_MAX} starts in a row brought nothing. Last: ${why}`)
      return EXIT_RETRY
    }
    const pause = Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN * 2 ** (failures - 1))
    log.warn(`${why}. Starting again in ${pause} ms (${failures} of ${FAILURES_MAX}).`)
    await sleep(pause, stop)
  }
  return EXIT_OK
}

interface WorkerRun {
  code: number
  progressed: boolean
  failure: Failure | undefined
}

function runWorker(config: IndexConfig, stop: AbortSignal): Promise<WorkerRun> {
  return new Promise((resolve) => {
    const workerData: WorkerInput = { config }
    const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData })
    const run: Omit<WorkerRun, 'code'> = { progressed: false, failure: undefined }
    const terminate = () => void worker.terminate()
    stop.addEventListener('abort', terminate, { once: true })
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'progress') run.progressed = true
      else run.failure = message
    })
    worker.on('error', (error) => {
      run.failure = { type: 'failed', code: 'CRASHED', remedy: 'retry', message: error.message }
    })
    worker.on('exit', (code) => {
      stop.removeEventListener('abort', terminate)
      resolve({ code, ...run })
    })
  })
}

function sleep(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      stop.removeEventListener('abort', done)
      resolve()
    }
    stop.addEventListener('abort', done)
  })
}
