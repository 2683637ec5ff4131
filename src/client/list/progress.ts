import { duration } from '../report/duration'
import type { Output } from '../report/output'

const WATCHED_EVERY_MS = 250
const UNWATCHED_EVERY_MS = 5_000
const ERASE_LINE = '\r\u001b[2K'

/**
 * Tells how far a long list is: rows, rate, share and time left. On a terminal one line that is
 * written over; elsewhere a line now and then.
 */
export class Progress {
  private readonly startedAt = performance.now()
  private toldAt = this.startedAt
  private bytes = 0

  constructor(
    private readonly err: Output,
    private readonly isWatched: boolean,
    /** Of the list; unknown for a pipe. */
    private readonly totalBytes: number | undefined,
  ) {}

  /** Bytes of the list that were read. */
  readonly read = (count: number): void => {
    this.bytes += count
  }

  /** @param rows that are done, of the whole list */
  async tell(rows: number): Promise<void> {
    const now = performance.now()
    const every = this.isWatched ? WATCHED_EVERY_MS : UNWATCHED_EVERY_MS
    if (now - this.toldAt < every) return
    this.toldAt = now
    const line = this.line(rows, (now - this.startedAt) / 1000)
    await this.err.write(this.isWatched ? ERASE_LINE + line : `${line}\n`)
  }

  /** Takes the line away. */
  async end(): Promise<void> {
    if (this.isWatched && this.toldAt !== this.startedAt) await this.err.write(ERASE_LINE)
  }

  private line(rows: number, elapsed: number): string {
    const rate = Math.round(rows / elapsed)
    const done = `${rows} rows, ${rate} rows/s`
    if (this.totalBytes === undefined || this.bytes === 0) return done
    const share = Math.min(1, this.bytes / this.totalBytes)
    const left = duration((elapsed / share) * (1 - share))
    return `${done}, ${Math.floor(share * 100)} %, ${left} left`
  }
}
