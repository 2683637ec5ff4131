import { Random } from '../../../bench/random'
import type { ScriptedChain } from '../scripted-chain'
import { Cut, ScriptedNode } from '../scripted-node'
import { answerFrom, NODE_FAULTS, type NodeFaultName, type Wronged } from './node-faults'

/** A time in which an endpoint is wrong all through. */
export interface Spell {
  kind: 'gone' | 'stuck at an old head' | 'another history'
  /** Milliseconds from the beginning of the round. */
  from: number
  until: number
}

/** How an endpoint is to misbehave during one round. */
export interface EndpointPlan {
  seed: number
  /** Part of its HTTP answers that is wrong or late. */
  share: number
  /** Among these; none: the endpoint is honest. */
  faults: readonly NodeFaultName[]
  spells: readonly Spell[]
}

/** One endpoint of a world: a real server that is told how to misbehave, round by round. */
export class Endpoint {
  private counts = { wrong: 0, all: 0 }
  /** Calls that came while it was misbehaving, in all. */
  answered = 0

  private constructor(readonly node: ScriptedNode) {}

  static async start(chain: ScriptedChain): Promise<Endpoint> {
    return new Endpoint(await ScriptedNode.start(chain))
  }

  /**
   * Misbehaves from now on.
   *
   * @param anotherHistory what it shows in a spell of another history
   * @param calm settled when the faults of the round end
   */
  misbehave(plan: EndpointPlan, anotherHistory: () => ScriptedChain, calm: Promise<void>): void {
    const random = new Random(plan.seed)
    const began = Date.now()
    const draw = oncePerAnswer(() => this.draw(plan, random))
    let lie: ScriptedChain | undefined
    let old: ScriptedChain | undefined
    this.node.behave = async (call, answer) => {
      this.answered++
      const at = Date.now() - began
      const spell = plan.spells.find(({ from, until }) => from <= at && at < until)
      if (spell?.kind === 'gone') throw new Cut()
      if (spell?.kind === 'stuck at an old head') {
        old ??= this.node.chain.copy(0)
        return answerFrom(old, call)
      }
      if (spell?.kind === 'another history') {
        lie ??= anotherHistory()
        return answerFrom(lie, call)
      }
      const wronged = { call, answer, random, chain: this.node.chain, calm }
      return answerWith(draw(), wronged)
    }
  }

  /** HTTP answers since the last time it was asked: those drawn to be wrong or late, and all. */
  takeCounts(): { wrong: number; all: number } {
    const { counts } = this
    this.counts = { wrong: 0, all: 0 }
    return counts
  }

  private draw({ share, faults }: EndpointPlan, random: Random): NodeFaultName | undefined {
    this.counts.all++
    if (faults.length === 0 || random.share() >= share) return undefined
    this.counts.wrong++
    return random.pick(faults)
  }
}

async function answerWith(fault: NodeFaultName | undefined, wronged: Wronged): Promise<unknown> {
  return fault === undefined ? wronged.answer() : NODE_FAULTS[fault](wronged)
}

/**
 * The calls of one HTTP batch are handed out in one turn of the event loop, and share one draw: a
 * third of the answers is wrong, not nearly every batch.
 */
function oncePerAnswer<T>(draw: () => T): () => T {
  let drawn: { value: T } | undefined
  return () => {
    if (drawn === undefined) {
      drawn = { value: draw() }
      setImmediate(() => {
        drawn = undefined
      })
    }
    return drawn.value
  }
}
