import { setTimeout as sleep } from 'node:timers/promises'
import { DeviceTrailError } from '../../src/domain/errors'
import { positionKey } from '../../src/domain/position'
import { EVENTS_OF_BLOCK } from './block-plan'
import type { HeadContender } from './contender'
import { KeptConnection } from './kept-connection'

const READY_MS = 60_000
const READY_LOOK_MS = 100

/** Asks GraphQL without a pause for as long as a block is awaited, and notes when each is there. */
export class EffectWatch {
  private readonly connection: KeptConnection
  private readonly query: string
  private readonly awaited = new Set<number>()
  private readonly shown = new Map<number, number>()
  private asking: Promise<void> | undefined
  private requests = 0

  constructor(
    private readonly graphqlUrl: string,
    private readonly status: HeadContender['status'],
  ) {
    this.connection = new KeptConnection(graphqlUrl)
    const lastEvent = 'deviceEvents(orderBy: id_DESC, limit: 1) { id }'
    this.query = `{ status: ${status} { height } ${lastEvent} }`
  }

  /** Questions that were asked so far. */
  get asked(): number {
    return this.requests
  }

  /** Waits until the API answers at all. */
  async ready(): Promise<void> {
    const deadline = performance.now() + READY_MS
    for (;;) {
      try {
        await this.look()
        return
      } catch (error) {
        if (performance.now() > deadline) throw error
        await sleep(READY_LOOK_MS)
      }
    }
  }

  /** From now on a block is awaited. */
  expect(height: number): void {
    this.awaited.add(height)
    this.asking ??= this.askUntilAllAreShown().finally(() => {
      this.asking = undefined
    })
    this.asking.catch(() => undefined)
  }

  /**
   * When all blocks that were awaited were first shown, in monotonic milliseconds by their heights.
   *
   * @throws DeviceTrailError BENCH_API_REFUSED; BENCH_BLOCK_NOT_SHOWN when they do not come in time
   */
  async all(withinMs: number): Promise<ReadonlyMap<number, number>> {
    const end = new AbortController()
    const late = sleep(withinMs, undefined, { signal: end.signal }).then(() => this.refuse())
    late.catch(() => undefined)
    await Promise.race([this.asking, late]).finally(() => end.abort())
    return this.shown
  }

  close(): void {
    this.awaited.clear()
    this.connection.close()
  }

  private async askUntilAllAreShown(): Promise<void> {
    while (this.awaited.size > 0) {
      const { height, lastEvent } = await this.look()
      const at = performance.now()
      for (const awaited of this.awaited) {
        const last = positionKey({ height: awaited, logIndex: EVENTS_OF_BLOCK - 1 })
        if (height < awaited || lastEvent < last) continue
        this.awaited.delete(awaited)
        this.shown.set(awaited, at)
      }
    }
  }

  /** @throws DeviceTrailError BENCH_API_REFUSED */
  private async look(): Promise<{ height: number; lastEvent: string }> {
    this.requests++
    const { data, errors } = Object(await this.connection.post({ query: this.query }))
    if (errors === undefined) {
      return { height: data.status.height, lastEvent: data.deviceEvents[0]?.id ?? '' }
    }
    throw new DeviceTrailError({
      code: 'BENCH_API_REFUSED',
      remedy: 'human',
      what: `${this.graphqlUrl} answers ${JSON.stringify(errors).slice(0, 500)}.`,
      todo: `Correct the question of the bench, which asks for ${this.status}.`,
    })
  }

  private refuse(): never {
    throw new DeviceTrailError({
      code: 'BENCH_BLOCK_NOT_SHOWN',
      remedy: 'human',
      what: `${this.graphqlUrl} does not show ${[...this.awaited].join(', ')}.`,
      todo: 'See what the programs of the contender say.',
    })
  }
}
