import { AdaptiveWindow } from './adaptive-window'
import { type ArchiveBlock, archiveBlocks, type WantedFields } from './archive-block'
import type { LogFilter } from './archive-request'
import type { FinalBlocks, NodeLog, Stretch, StretchQuestion } from './final-blocks'
import { RangeRefused } from './range-refusal'
import type { BlockRange, Read } from './read-ahead'

/** A stretch that contradicts itself is read so often. */
const TRIES = 5
const PAUSE_MS = 250

/** What the blocks of a stretch are to carry. */
export interface ReadPlan {
  filters: readonly LogFilter[]
  wanted: WantedFields
  everyBlock: boolean
}

/** Reads whole stretches of final blocks, in parts where the source takes no more at once. */
export class ChainReader {
  constructor(
    private readonly source: FinalBlocks,
    readonly window = new AdaptiveWindow(),
  ) {}

  height(): Promise<number> {
    return this.source.height()
  }

  /**
   * The blocks of a stretch that carry logs of the filters, and its last one; all of them with
   * `everyBlock`.
   *
   * @throws DeviceTrailError NODE_INCONSISTENT still after five tries
   */
  async read(range: BlockRange, plan: ReadPlan): Promise<Read<ArchiveBlock[]>> {
    const { filters, wanted, everyBlock } = plan
    const question = { range, filters, headerFields: wanted.block, everyBlock }
    for (let attempt = 1; ; attempt++) {
      try {
        const { logs, headers } = await this.found(question)
        const value = archiveBlocks(headers, logs, wanted)
        return { range, value, weight: value.length + weightOf(logs) }
      } catch (error) {
        const again = error instanceof Error && 'code' in error && attempt < TRIES
        if (!again || error.code !== 'NODE_INCONSISTENT') throw error
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt))
      }
    }
  }

  private async found(question: StretchQuestion): Promise<Stretch> {
    const { from, to } = question.range
    const blocks = to - from + 1
    try {
      const stretch = await this.source.stretch(question)
      this.window.succeeded(blocks, weightOf(stretch.logs))
      return stretch
    } catch (error) {
      if (!(error instanceof RangeRefused)) throw error
      const less = this.window.refused(blocks, error.offered)
      if (less === undefined) throw error
      const first = await this.found({ ...question, range: { from, to: from + less - 1 } })
      const rest = await this.found({ ...question, range: { from: from + less, to } })
      return { logs: first.logs.concat(rest.logs), headers: first.headers.concat(rest.headers) }
    }
  }
}

/** A log counts as one, and once more for each KiB of its data. */
function weightOf(logs: readonly NodeLog[]): number {
  return logs.reduce((sum, { data }) => sum + 1 + (data.length >> 11), 0)
}
