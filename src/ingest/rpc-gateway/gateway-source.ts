import { type ArchiveBlock, type WantedFields, wantedFields } from './archive-block'
import { type ArchiveRequest, type LogFilter, logFilters } from './archive-request'
import type { ChainReader } from './chain-reader'
import { ReadAhead } from './read-ahead'

/** An answer has so many blocks and logs at most, but for its last stretch. */
const ANSWER_ITEMS = 10_000
/** With so many it does not wait for more. */
const ANSWER_ITEMS_ENOUGH = 2_000
/** Where every header is wanted, a stretch is no longer than this. */
const EVERY_BLOCK_MAX = 1_000
/** So often blocks that do not follow what was served are read anew. */
const LINK_TRIES = 3

export interface Buffering {
  /** Stretches in flight at once. */
  parallel: number
  /** Blocks and logs that may wait to be taken: bounds the memory. */
  bufferedItems: number
}

interface Reading {
  key: string
  ahead: ReadAhead<ArchiveBlock[]>
  /** Last block that may be read; it grows with the chain. */
  top: number
}

/** What was served is not on the chain that is read now: a new start has to find out what is. */
export class HistoryReplaced extends Error {}

/** Answers requests from what was read ahead; a request that goes on elsewhere begins anew. */
export class GatewaySource {
  #reading: Reading | undefined
  /** Ends when the answers before are given: they take from one queue. */
  #before: Promise<unknown> = Promise.resolve()
  #served: { number: number; hash: string } | undefined
  #unlinked = 0

  constructor(
    private readonly reader: ChainReader,
    private readonly buffering: Buffering,
  ) {}

  close(): void {
    this.#reading = undefined
  }

  height(): Promise<number> {
    return this.reader.height()
  }

  /**
   * The blocks from the first one asked on, as far as they are read.
   *
   * @param isWanted whether somebody still waits for them
   * @throws HistoryReplaced
   */
  answer(request: ArchiveRequest, isWanted: () => boolean): Promise<ArchiveBlock[]> {
    const answer = this.#before.then(() => {
      if (!isWanted()) throw new Error('nobody waits for the answer any more')
      return this.taken(request)
    })
    this.#before = answer.catch(() => {})
    return answer
  }

  private async taken(request: ArchiveRequest): Promise<ArchiveBlock[]> {
    const { fromBlock, toBlock = Number.MAX_SAFE_INTEGER } = request
    const reading = this.readingFor(request)
    if (reading.top < toBlock) reading.top = Math.min(await this.height(), toBlock)
    const blocks: ArchiveBlock[] = []
    for (let items = 0; items < ANSWER_ITEMS; ) {
      if (items >= ANSWER_ITEMS_ENOUGH && !reading.ahead.ready) break
      const read = await reading.ahead.take().catch((error: unknown) => {
        this.#reading = undefined
        throw error
      })
      if (read === undefined) break
      if (!this.links(read.value)) return this.taken({ ...request })
      blocks.push(...read.value)
      items += read.weight
    }
    if (blocks.length > 0) return blocks
    throw new Error(`block ${fromBlock} is not final yet: the last one is ${reading.top}`)
  }

  /** Whether a stretch follows the one that was served before it. */
  private links(stretch: readonly ArchiveBlock[]): boolean {
    const [first, last] = [stretch[0]?.header, stretch.at(-1)?.header]
    const before = this.#served
    if (before?.number === (first?.number ?? 0) - 1 && before?.hash !== first?.parentHash) {
      this.#reading = undefined
      if (++this.#unlinked >= LINK_TRIES) {
        this.#unlinked = 0
        this.#served = undefined
        throw new HistoryReplaced(
          `block ${first?.number} does not follow block ${before?.hash}, which was served before`,
        )
      }
      return false
    }
    this.#unlinked = 0
    if (last !== undefined) this.#served = { number: last.number, hash: last.hash }
    return true
  }

  private readingFor(request: ArchiveRequest): Reading {
    const { fromBlock, ...rest } = request
    const key = JSON.stringify(rest)
    const same = this.#reading
    if (same?.key === key && same.ahead.position === fromBlock) return same
    const plan = {
      filters: logFilters(request),
      wanted: wantedFields(request),
      everyBlock: request.includeAllBlocks === true,
    }
    const reading: Reading = { key, top: -1, ahead: this.readAhead(fromBlock, plan, () => reading) }
    this.#reading = reading
    return reading
  }

  private readAhead(
    fromBlock: number,
    plan: { filters: LogFilter[]; wanted: WantedFields; everyBlock: boolean },
    reading: () => Reading,
  ): ReadAhead<ArchiveBlock[]> {
    const { parallel, bufferedItems } = this.buffering
    return new ReadAhead(fromBlock, {
      parallel,
      weightMax: bufferedItems,
      next: (from) => {
        const { top } = reading()
        if (from > top) return undefined
        const { size } = this.reader.window
        const blocks = plan.everyBlock ? Math.min(size, EVERY_BLOCK_MAX) : size
        return { from, to: Math.min(from + blocks - 1, top) }
      },
      read: (range) => this.reader.read(range, plan),
    })
  }
}
