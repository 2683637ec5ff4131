interface Wait {
  end: (news: boolean) => void
  timer: NodeJS.Timeout
  /** When the timer ends it, in monotonic milliseconds. */
  due: number
}

/** When an endpoint is looked at next: after a time, or at once when there is news of it. */
export class LookTimes {
  /** It told of its last new head by itself: a poll is only there in case that ends. */
  tells = false
  private wait: Wait | undefined
  private news = false

  /** @param pollMs how often an endpoint is looked at that tells nothing by itself */
  constructor(private readonly pollMs: number) {}

  /** It has a new head. News of a head that the look under way has missed ends the next wait. */
  newHead(): void {
    this.tells = true
    this.lookAgain()
  }

  /** It cannot tell any more. */
  fellSilent(): void {
    this.tells = false
    const sooner = performance.now() + this.pollMs < (this.wait?.due ?? 0)
    if (this.wait !== undefined && sooner) this.endAfter(this.wait.end, this.pollMs)
  }

  /** A head was found that it had not told of. */
  missedHead(): void {
    if (!this.news) this.tells = false
  }

  /** Ends the wait, or the next one. */
  lookAgain(): void {
    if (this.wait === undefined) this.news = true
    else this.wait.end(true)
  }

  /** Ends the wait, if there is one. */
  lookNow(): void {
    this.wait?.end(true)
  }

  /**
   * A look failed: news from before it is no reason to look again at once. A node that tells of
   * heads and cuts the connection when it is asked for them would never be left alone.
   */
  forget(): void {
    this.news = false
  }

  /** Resolves after a time with false, or as soon as there is a reason to look with true. */
  next(ms: number): Promise<boolean> {
    if (this.news) {
      this.news = false
      return Promise.resolve(true)
    }
    return new Promise((resolve) => {
      const end = (news: boolean) => {
        clearTimeout(this.wait?.timer)
        this.wait = undefined
        resolve(news)
      }
      this.endAfter(end, ms)
    })
  }

  private endAfter(end: (news: boolean) => void, ms: number): void {
    clearTimeout(this.wait?.timer)
    const timer = setTimeout(() => end(false), ms)
    this.wait = { end, timer, due: performance.now() + ms }
  }
}
