import type { Logger } from '@subsquid/logger'

const EVERY_MS = 10_000

/** Says what lasts once, and then every ten seconds. */
export class Reminder {
  private saidAt = Number.NEGATIVE_INFINITY

  constructor(private readonly log: Logger) {}

  say(message: string): void {
    const now = performance.now()
    if (now - this.saidAt < EVERY_MS) return
    this.saidAt = now
    this.log.warn(message)
  }
}
