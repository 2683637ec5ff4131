import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Logger } from '@subsquid/logger'
import type { IndexConfig } from '../config/environment'
import { RestartPlan } from './restart-plan'
import type { WorkerInput, WorkerMessage } from './worker-messages'

/** Exit codes of BSD's sysexits.h: what a service manager should do. */
export const EXIT_OK = 0
/** EX_TEMPFAIL: start it again later. */
export const EXIT_RETRY = 75
/** EX_CONFIG: a person must change something first. */
export const EXIT_HUMAN = 78

/**
 * Megabytes of rows and events that the thread may hold: four times what a sync needs. Without a
 * bound the collector lets twice as much garbage lie as there is to keep.
 */
const MEMORY = { maxOldGenerationSizeMb: 1_024 }

type Failure = Extract<WorkerMessage, { type: 'failed' }>

/**
 * Keeps the indexer running. The processor ends its process on every fault, also on a reorg deeper
 * than finality, which the next start repairs; so it runs in a thread of its own and is started
 * again, with growing pauses: without end while database or node are away, a dozen times when the
 * cause is not known (see RestartPlan).
 *
 * @param stop aborted when the operator wants it to end; an open transaction is rolled back
 * @returns the exit code for the process
 */
export async function superviseIndexer(
  config: IndexConfig,
  log: Logger,
  stop: AbortSignal,
): Promise<number> {
  const plan = new RestartPlan()
  while (!stop.aborted) {
    const run = await runWorker(config, stop)
    if (stop.aborted) break
    const { failure, progressed } = run
    if (failure?.remedy === 'human') {
      log.fatal(`${failure.code}: ${failure.message}`)
      return EXIT_HUMAN
    }
    const why = failure
      ? `${failure.code}: ${failure.message}`
      : `the processor ended with code ${run.code}; its last message says why`
    const next = plan.after({ progressed, remedy: failure?.remedy ?? 'unknown' })
    if ('give' in next) {
      log.fatal(`too many starts in a row brought nothing. Last: ${why}`)
      return EXIT_RETRY
    }
    const count = next.of === Infinity ? `${next.failures}` : `${next.failures} of ${next.of}`
    const pausing = why.endsWith('.') ? why : `${why}.`
    log.warn(`${pausing} Starting again in ${next.pauseMs} ms (${count}).`)
    await sleep(next.pauseMs, stop)
  }
  log.info('stopped; a batch that was not committed is read again at the next start')
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
    const worker = new Worker(path.join(__dirname, 'worker.js'), {
      workerData,
      resourceLimits: MEMORY,
    })
    const run: Omit<WorkerRun, 'code'> = { progressed: false, failure: undefined }
    const terminate = () => void worker.terminate()
    stop.addEventListener('abort', terminate, { once: true })
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'progress') run.progressed = true
      else run.failure = message
    })
    worker.on('error', (error) => {
      run.failure = { type: 'failed', code: 'CRASHED', remedy: 'unknown', message: error.message }
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
