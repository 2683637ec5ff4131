import type { Logger } from '@subsquid/logger'
import type { NodeClient } from '../ingest/node-client'
import type { ChainPoint } from './common-ancestor'
import { commonAncestor } from './common-ancestor'
import { confirmLoss, type Witnesses } from './confirm-loss'

/** The ledger as far as a repair needs it. */
export interface RewindableLedger {
  /** The last final block; height -1 when nothing is indexed. */
  connect(): Promise<ChainPoint>
  known(height: number): Promise<ChainPoint | undefined>
  rewind(to: ChainPoint): Promise<number>
}

/** The state of an empty ledger, as the processor writes it. */
const NOTHING: ChainPoint = { height: -1, hash: '0x' }

const WAIT_MS = 1_000

export interface RepairSurroundings {
  node: NodeClient
  witnesses: Witnesses
  /** How long all witnesses must agree before something final is given up, in milliseconds. */
  confirmMs: number
  log: Logger
}

/**
 * Makes sure that the last final block of the ledger is on the chain, before the processor starts;
 * it would refuse to run otherwise, at every start. After a reorg deeper than finality the ledger
 * goes back to the last block that both remember. A node that is merely behind is waited for:
 * nothing is forgotten on the word of a node that has not got there yet, nor as long as two answers
 * contradict each other.
 */
export async function repairReorg(
  ledger: RewindableLedger,
  { node, witnesses, confirmMs, log }: RepairSurroundings,
): Promise<void> {
  const final = await ledger.connect()
  const onChain = async (point: ChainPoint) => {
    const block = await node.blockAt(point.height)
    return block?.hash === point.hash
  }
  for (let waits = 0; final.height >= 0; waits++) {
    const head = await node.head()
    const lost = await firstLost(ledger, final, head.height, onChain)
    if (lost !== undefined) {
      if (!(await confirmLoss(lost, witnesses, confirmMs, log))) continue
      const known = ledger.known.bind(ledger)
      const ancestor = (await commonAncestor({ known, onChain }, lost)) ?? NOTHING
      const forgotten = await ledger.rewind(ancestor)
      log.warn(
        'the chain was reorganised deeper than finality: ' +
          `block ${lost.height} (${lost.hash}) is gone. ` +
          `Went back from block ${final.height} to ${ancestor.height}, the last one in common; ` +
          `${forgotten} blocks with events were forgotten and are read again.`,
      )
      return
    }
    if (head.height >= final.height) return
    if (waits % 10 === 0) {
      log.warn(
        `the node is at block ${head.height}, behind the ledger's final block ${final.height}; ` +
          'waiting for it.',
      )
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
  }
}

/** The highest remembered final block that the node must have and has not. */
async function firstLost(
  ledger: RewindableLedger,
  final: ChainPoint,
  nodeHeight: number,
  onChain: (point: ChainPoint) => Promise<boolean>,
): Promise<ChainPoint | undefined> {
  const point = nodeHeight >= final.height ? final : await ledger.known(nodeHeight)
  if (point === undefined || (await onChain(point))) return undefined
  return point
}
