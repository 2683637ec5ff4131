import { parentPort, workerData } from 'node:worker_threads'
import { useLogLevel } from '../config/log-level'
import { DeviceTrailError } from '../domain/errors'
import { explainFault } from '../persistence/explain-fault'
import { runIndexer } from './run-indexer'
import type { WorkerInput, WorkerMessage } from './worker-messages'

/**
 * The thread that indexes. It ends when the processor ends it; the supervisor decides what follows.
 */

const { config }: WorkerInput = workerData

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

function fail(cause: unknown): void {
  const error = explainFault(cause)
  const known = error instanceof DeviceTrailError
  tell({
    type: 'failed',
    code: known ? error.code : 'INDEXING_FAILED',
    remedy: known ? error.remedy : 'unknown',
    message: error instanceof Error ? error.message : String(error),
  })
  // Open pools would keep the thread alive; closing the port lets the message out first.
  setImmediate(() => process.exit(1))
}

useLogLevel(config.logLevel)
runIndexer(config, () => tell({ type: 'progress' }), fail).catch(fail)
