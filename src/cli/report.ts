import { DeviceTrailError } from '../domain/errors'
import { EXIT_HUMAN, EXIT_RETRY } from '../indexer/supervise'

const EXIT_CODES = { human: EXIT_HUMAN, retry: EXIT_RETRY, caller: 1 }

/**
 * The last words of a command that failed: for an error of ours the message, for a bug the stack.
 *
 * @param ofBug exit code for a bug, where 1 means something else
 */
export function reportAndExit(error: unknown, ofBug = 1): never {
  if (error instanceof DeviceTrailError) {
    process.stderr.write(`${error.code}: ${error.message}\n`)
    process.exit(EXIT_CODES[error.remedy])
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(ofBug)
}
