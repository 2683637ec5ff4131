import type { Logger } from '@subsquid/logger'

const REPORT_MS = 5_000

/**
 * Tells how a sync is going, at most every five seconds: block, share, events and blocks a second,
 * time left. Rates are those since the last report, for a sync speeds up and slows down with the
 * density of events.
 */
export class Progress {
  private events = 0
  private reported: { height: number; events: number; at: number } | undefined
  private chainHeight: number | undefined

  constructor(
    private readonly log: Logger,
    private readonly startBlock: number,
    private readonly now: () => number,
  ) {}

  /** Where the chain ends, as the node last said. */
  setChainHeight(height: number): void {
    this.chainHeight = height
  }

  batchDone(height: number, events: number): void {
    this.events += events
    const at = this.now()
    const last = this.reported
    if (last !== undefined && at - last.at < REPORT_MS) return
    if (last !== undefined) this.log.info(this.line(height, last, (at - last.at) / 1000))
    this.reported = { height, events: this.events, at }
  }

  private line(height: number, last: { height: number; events: number }, seconds: number): string {
    const blocksPerSecond = (height - last.height) / seconds
    const eventsPerSecond = (this.events - last.events) / seconds
    const rates = `${count(eventsPerSecond)} events/s, ${count(blocksPerSecond)} blocks/s`
    const head = this.chainHeight
    if (head === undefined || head - height < 10) {
      const sum = `${count(this.events)} events since the start`
      return `at the head: block ${count(height)}, ${rates}, ${sum}`
    }
    const share = ((100 * (height - this.startBlock)) / (head - this.startBlock)).toFixed(1)
    const left = blocksPerSecond > 0 ? duration((head - height) / blocksPerSecond) : 'unknown'
    return `block ${count(height)} of ${count(head)} (${share} %), ${rates}, time left ${left}`
  }
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Seconds as `2 h 05 min`, `3 min 20 s` or `12 s`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60] as const
  const [hours, minutes, rest] = parts
  const two = (value: number) => String(value).padStart(2, '0')
  if (hours > 0) return `${hours} h ${two(minutes)} min`
  return minutes > 0 ? `${minutes} min ${two(rest)} s` : `${rest} s`
}
