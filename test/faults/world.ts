import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../../bench/random'
import { CONTRACTS } from '../support/chain'
import { DatabaseProxy } from './parts/database-proxy'
import type { DatabaseServer } from './parts/database-server'
import { Endpoint } from './parts/endpoint'
import { Histories } from './parts/histories'
import { Indexer } from './parts/indexer'
import { Life } from './parts/life'
import { Look } from './parts/look'
import { FINALITY_BLOCKS, FORK_DEPTH_MAX } from './round-plan'

const ENDPOINTS_MAX = 3
const PATIENCE_MS = 90_000
const NUDGE_MS = 600
/** An indexer that does not ask its nodes anything after this time is left to `caughtUp`. */
const START_MS = 8_000

/** The contracts of the scripted chain, as the environment names them. */
export const CONTRACTS_SETTING = [...CONTRACTS].map(([at, name]) => `${name}=${at}@0`).join(',')

export interface WorldOptions {
  seed: number
  /** Folder of the compiled program, where it is not the project's own. */
  lib?: string
  /** Number of endpoints; chance decides where not given. */
  endpoints?: number
  /** Added to the environment of the indexer. */
  environment?: Record<string, string>
  /** Milliseconds after the last fault in which the indexer has to come to the head. */
  patienceMs?: number
}

/** One chain with its nodes, one database behind a proxy, and one indexer between them. */
export class World {
  private constructor(
    readonly seed: number,
    readonly histories: Histories,
    readonly life: Life,
    readonly endpoints: readonly Endpoint[],
    readonly server: DatabaseServer,
    readonly proxy: DatabaseProxy,
    readonly indexer: Indexer,
    /** The indexer's database, past the proxy. */
    readonly look: Look,
    /** URL of a second database, for clean runs. */
    readonly cleanUrl: string,
    private readonly patienceMs: number,
  ) {}

  static async create(server: DatabaseServer, options: WorldOptions): Promise<World> {
    const { seed, lib, patienceMs = PATIENCE_MS } = options
    const random = new Random(seed)
    const count = options.endpoints ?? 1 + random.below(ENDPOINTS_MAX)
    const histories = new Histories(FINALITY_BLOCKS)
    const life = new Life(seed, random, histories)
    life.grow(FORK_DEPTH_MAX + 10)
    const endpoints = await Promise.all(
      Array.from({ length: count }, () => Endpoint.start(life.chain)),
    )
    const proxy = await DatabaseProxy.start(server.port)
    const [url, cleanUrl] = [await server.create(), await server.create()]
    const environment = {
      RPC_URL: endpoints.map(({ node }) => node.url).join(','),
      CONTRACTS: CONTRACTS_SETTING,
      FINALITY_BLOCKS: String(FINALITY_BLOCKS),
      HEAD_POLL_MS: '50',
      METRICS_PORT: '0',
      REORG_CONFIRM_MS: '300',
      DB_URL: proxy.through(url),
      ...options.environment,
    }
    const indexer = new Indexer(environment, lib)
    indexer.start()
    const look = new Look(url)
    return new World(
      seed,
      histories,
      life,
      endpoints,
      server,
      proxy,
      indexer,
      look,
      cleanUrl,
      patienceMs,
    )
  }

  /** A history that leaves the true one less deep than finality and is as long, or one longer. */
  anotherHistory(random: Random): ReturnType<Life['chain']['copy']> {
    const { chain } = this.life
    const lie = chain.copy(`lie ${random.uint32()}`)
    const depth = 1 + random.below(FINALITY_BLOCKS - 2)
    lie.fork(depth)
    while (lie.head.height < chain.head.height + random.below(2)) lie.append()
    this.histories.noteLie(lie)
    return lie
  }

  /** Waits until the endpoints have given so many answers: an indexer that starts is at work. */
  async asked(answers: number): Promise<void> {
    const count = () => this.endpoints.reduce((sum, { answered }) => sum + answered, 0)
    const wanted = count() + answers
    const deadline = Date.now() + START_MS
    while (count() < wanted && Date.now() < deadline) await sleep(20)
  }

  /** Where the indexer is; undefined before its first block. */
  async head(): Promise<{ height: number; hash: string } | undefined> {
    const [head] = await this.look.sql<{ height: number; hash: string }>(
      `SELECT height, hash FROM squid_processor.hot_block
       UNION ALL SELECT height, hash FROM squid_processor.status ORDER BY height DESC LIMIT 1`,
    )
    return head !== undefined && head.height >= 0 ? head : undefined
  }

  /** Height of the last block that the indexer calls final; -1 before the first. */
  async finalHeight(): Promise<number> {
    const [status] = await this.look.sql<{ height: number }>(
      'SELECT height FROM squid_processor.status',
    )
    return status?.height ?? -1
  }

  /**
   * Waits until the ledger is at the head of the chain. Now and then the chain grows, as chains do:
   * a branch that is no longer than what it replaces is seen when it becomes longer.
   *
   * @throws Error when it does not come there, or the indexer gave up
   */
  async caughtUp(): Promise<void> {
    const deadline = Date.now() + this.patienceMs
    for (let nudgeAt = Date.now() + NUDGE_MS; ; ) {
      this.indexer.start()
      const head = await this.head().catch(() => undefined)
      if (head?.hash === this.life.chain.head.hash) return
      if (this.indexer.gaveUp !== undefined) {
        throw new Error(`the indexer ended with exit code ${this.indexer.gaveUp}`)
      }
      if (Date.now() > deadline) {
        const { height, hash } = this.life.chain.head
        throw new Error(
          `${this.patienceMs / 1000} s after the last fault the indexer is at ` +
            `${JSON.stringify(head)}, not at block ${height} (${hash})`,
        )
      }
      if (Date.now() > nudgeAt) {
        this.life.grow(1)
        nudgeAt = Date.now() + NUDGE_MS
      }
      await sleep(20)
    }
  }

  /** Puts an end to the faults of all parts. */
  calm(): void {
    for (const { node } of this.endpoints) node.behaveWell()
    this.proxy.calm()
    this.indexer.thaw()
  }

  async close(): Promise<void> {
    await this.indexer.kill()
    await this.look.close()
    await this.proxy.close()
    await Promise.all(this.endpoints.map(({ node }) => node.close()))
    await this.server.drop(this.look.url)
    await this.server.drop(this.cleanUrl)
  }
}
