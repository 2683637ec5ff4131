import { duration } from '../client/report/duration'
import type { Output } from '../client/report/output'

const WATCHED_EVERY_MS = 250
const UNWATCHED_EVERY_MS = 10_000
const ERASE_LINE = '\r\u001b[2K'

/**
 * How far a check is: the rule at work, and for the one that asks the chain what is left. On a
 * terminal one line that is written over; elsewhere a line now and then.
 */
export class CheckProgressLine {
  private toldAt = performance.now()
  private rule = ''
  private ruleSince = 0

  constructor(
    private readonly err: Output,
    private readonly isWatched: boolean,
  ) {}

  readonly tell = async (rule: string, done = 0, of = 0): Promise<void> => {
    const now = performance.now()
    if (rule !== this.rule) {
      this.rule = rule
      this.ruleSince = now
    }
    if (now - this.toldAt < (this.isWatched ? WATCHED_EVERY_MS : UNWATCHED_EVERY_MS)) return
    this.toldAt = now
    const line = `check: ${rule}${this.share(done, of, (now - this.ruleSince) / 1000)}`
    await this.err.write(this.isWatched ? ERASE_LINE + line : `${line}\n`)
  }

  /** Takes the line away. */
  async end(): Promise<void> {
    if (this.isWatched) await this.err.write(ERASE_LINE)
  }

  private share(done: number, of: number, elapsed: number): string {
    if (of === 0 || done === 0) return ''
    const left = duration((elapsed / done) * (of - done))
    return `, ${done} of ${of} units, ${Math.round(done / elapsed)} units/s, ${left} left`
  }
}
