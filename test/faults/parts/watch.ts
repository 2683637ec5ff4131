import { setTimeout as sleep } from 'node:timers/promises'
import { ledgerContent } from '../../support/ledger-content'
import { inconsistencies } from './check'
import type { Content } from './clean-run'
import type { Histories } from './histories'
import type { Look } from './look'

/** How much of what is called final each look goes through. */
const FINAL_BLOCKS_SEEN = 200
const LOOK_MS = 40

/** The whole ledger at one moment, with the block that it says it is at. */
export interface Sample {
  content: Content
  head: { height: number; hash: string }
  /** What the consistency check finds fault with. */
  inconsistent: string[]
}

interface Seen {
  height: number
  hash: string
  rows: { height: number; hash: string }[]
}

/**
 * Looks at the ledger all through a round: no block may be called final that was never true, or
 * that no node ever showed as deep as finality asks.
 */
export class Watch {
  /** What was seen that must not be, each once. */
  readonly violations = new Set<string>()
  /** How many looks reached the database. */
  looks = 0
  private readonly stopped = new AbortController()
  private readonly looking: Promise<void>

  constructor(
    private readonly look: Look,
    private readonly histories: Histories,
  ) {
    this.looking = this.run()
  }

  async stop(): Promise<void> {
    this.stopped.abort()
    await this.looking
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      // The server may be away, that is a part of the round.
      const seen = await this.lookOnce().catch(() => undefined)
      if (seen !== undefined) this.judge(seen)
      await sleep(LOOK_MS)
    }
  }

  private async lookOnce(): Promise<Seen | undefined> {
    const [seen] = await this.look.sql<Seen>(
      `SELECT height, hash, (
         SELECT coalesce(jsonb_agg(jsonb_build_object('height', b.height, 'hash', b.hash)), '[]')
         FROM (SELECT * FROM block WHERE block.height <= status.height
               ORDER BY block.height DESC LIMIT ${FINAL_BLOCKS_SEEN}) AS b) AS rows
       FROM squid_processor.status`,
    )
    return seen
  }

  private judge({ height, hash, rows }: Seen): void {
    this.looks++
    if (height < 0) return
    for (const block of [{ height, hash }, ...rows]) {
      if (this.histories.mayBeFinal(block.hash)) continue
      this.violations.add(`block ${block.height} (${block.hash}) was called final and never was`)
    }
  }
}

/** Takes the whole ledger; undefined while the database is away, or nothing is indexed yet. */
export async function takeSample(look: Look): Promise<Sample | undefined> {
  try {
    return await look.inSnapshot(async (sql) => {
      const [head] = await sql<{ height: number; hash: string }>(
        `SELECT height, hash FROM squid_processor.hot_block
         UNION ALL SELECT height, hash FROM squid_processor.status ORDER BY height DESC LIMIT 1`,
      )
      if (head === undefined || head.height < 0) return undefined
      const content = await ledgerContent(sql)
      return { head, content, inconsistent: await inconsistencies(sql) }
    })
  } catch {
    return undefined
  }
}
