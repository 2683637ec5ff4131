/** A stretch of blocks, both ends included. */
export interface BlockRange {
  from: number
  to: number
}

/** What was read of a stretch; `weight` is what it takes of the buffer. */
export interface Read<Value> {
  range: BlockRange
  value: Value
  weight: number
}

export interface ReadAheadOptions<Value> {
  /** How many stretches may be in flight or waiting at once. */
  parallel: number
  /** No further stretch is begun while more than this waits to be taken. */
  weightMax: number
  /** The stretch after a block; undefined when there is none yet. */
  next(from: number): BlockRange | undefined
  read(range: BlockRange): Promise<Read<Value>>
}

/**
 * Reads stretches of blocks ahead of whoever takes them: several at once, given out in order. What
 * waits is bounded by weight, what is in flight by number, so memory is bounded however fast the
 * source and slow the taker.
 */
export class ReadAhead<Value> {
  readonly #queue: { read: Promise<Read<Value>>; done: boolean }[] = []
  #waiting = 0
  #next: number
  #position: number

  constructor(
    from: number,
    private readonly options: ReadAheadOptions<Value>,
  ) {
    this.#next = from
    this.#position = from
  }

  /** First block of what `take` will give. */
  get position(): number {
    return this.#position
  }

  /** Whether `take` would give something at once. */
  get ready(): boolean {
    return this.#queue[0]?.done === true
  }

  /** Undefined when the source has nothing further yet. @throws what reading threw */
  async take(): Promise<Read<Value> | undefined> {
    this.#fill()
    const first = this.#queue[0]
    if (first === undefined) return undefined
    const read = await first.read
    this.#queue.shift()
    this.#waiting -= read.weight
    this.#position = read.range.to + 1
    this.#fill()
    return read
  }

  #fill(): void {
    const { parallel, weightMax, next } = this.options
    while (this.#queue.length < parallel && this.#waiting < weightMax) {
      const range = next(this.#next)
      if (range === undefined) return
      this.#next = range.to + 1
      const entry = { read: this.options.read(range), done: false }
      // A failure is told to whoever takes it; until then nobody listens.
      entry.read.then(
        ({ weight }) => {
          entry.done = true
          this.#waiting += weight
        },
        () => {},
      )
      this.#queue.push(entry)
    }
  }
}
