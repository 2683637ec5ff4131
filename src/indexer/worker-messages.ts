import type { IndexConfig } from '../config/environment'
import type { Remedy } from '../domain/errors'

/** What the supervisor gives the worker thread that indexes. */
export interface WorkerInput {
  config: IndexConfig
}

/**
 * What helps against a failure: that of an error of ours, or `unknown`, when it may be a bug that
 * no retry helps against.
 */
export type WorkerRemedy = Remedy | 'unknown'

/** What the worker says: a batch was committed, or why it cannot start or go on. */
export type WorkerMessage =
  | { type: 'progress' }
  | { type: 'failed'; code: string; remedy: WorkerRemedy; message: string }
