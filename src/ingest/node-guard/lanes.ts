/** Lets so many pieces of work run at once; the others wait their turn, in order. */
export class Lanes {
  private readonly waiting: (() => void)[] = []

  constructor(private free: number) {}

  async run<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.free > 0) this.free--
    else await new Promise<void>((resolve) => this.waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      if (next === undefined) this.free++
      else next()
    }
  }
}
