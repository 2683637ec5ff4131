import type { IndexConfig } from '../config/environment'
import type { Remedy } from '../domain/errors'

/** What the supervisor gives the worker thread that indexes. */
export interface WorkerInput {
  config: IndexConfig
}

/** What the worker says: a batch was committed, or why it cannot start. */
export type WorkerMessage =
  | { type: 'progress' }
  | { type: 'failed'; code: string; remedy: Remedy; message: string }
