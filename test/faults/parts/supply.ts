import { SupplyChain } from '../../../bench/ledger/supply-chain'
import { type LogSpec, ONE } from '../../support/chain'
import { ScriptedChain } from '../scripted-chain'
import type { Histories } from './histories'

const OPENING_LOGS_OF_BLOCK = 50
/** The demo mints a lot in every seventh activity. */
const LOT_EVERY = 7
const LOGS_OF_LOT = 10

/**
 * A supply chain as the demo lives it, one activity a block, for as long as one likes: units are
 * minted all the time and nothing is out of order. A fork takes its transactions along, as nodes
 * do.
 */
export class Supply {
  readonly chain: ScriptedChain
  private readonly source: SupplyChain
  /** What each block carries. */
  private readonly contents: LogSpec[][] = [[]]

  constructor(
    seed: number,
    private readonly histories: Histories,
  ) {
    this.chain = new ScriptedChain(seed)
    this.source = new SupplyChain(seed)
    const opening = this.source.opening.map(asLog)
    for (let start = 0; start < opening.length; start += OPENING_LOGS_OF_BLOCK) {
      this.append(opening.slice(start, start + OPENING_LOGS_OF_BLOCK))
    }
  }

  /** One block with one activity. */
  grow(): void {
    const isLot = this.chain.head.height % LOT_EVERY === 0
    this.append(this.source.next(isLot ? LOGS_OF_LOT : 3).map(asLog))
  }

  /** The last blocks are replaced by an empty one and by others with the same content. */
  fork(depth: number): void {
    const kept = Math.max(1, this.contents.length - depth)
    this.chain.fork(this.contents.length - kept)
    for (const logs of [[], ...this.contents.splice(kept)]) this.append(logs)
  }

  private append(logs: LogSpec[]): void {
    this.chain.append(logs)
    this.contents.push(logs)
    this.histories.noteTruth(this.chain)
  }
}

function asLog({ event, args }: { event: string; args: Record<string, unknown> }): LogSpec {
  return { contract: ONE, event, args }
}
