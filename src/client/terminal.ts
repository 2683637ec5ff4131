import type { Readable } from 'node:stream'
import { visibleLines } from './report/visible-text'
import type { Outputs } from './report/write-report'

/** What a command reads from and writes to. */
export interface Terminal extends Outputs {
  readonly input: Readable
  /** A person watches the error output, so that a line may be written over. */
  readonly isWatched: boolean
}

/** Tells the person at the terminal something that no file of rows must hide. */
export async function tell({ err }: Terminal, message: string): Promise<void> {
  await err.write(`${visibleLines(message)}\n`)
}
