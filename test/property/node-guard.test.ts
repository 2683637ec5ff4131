import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { ScriptedChain } from '../faults/scripted-chain'
import { HttpFault } from '../faults/scripted-node'
import { eventually, Guarded, grow } from '../guard/guarded-chain'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: whatever two nodes do in turn, whoever follows the guard has a chain that links, and what
 * was final stays. Method: a reader that asks as the processor does, forks within finality, nodes
 * that lag, fail and show the lost history; in the end the nodes are well and the reader must be at
 * their head.
 */

const FINALITY = 6

let guarded: Guarded | undefined
afterEach(() => guarded?.close())

interface Block {
  hash: string
  parentHash: string
}

/** Follows the head as the processor does, and remembers what was final. */
class Reader {
  readonly chain: Block[] = []
  private final = 0

  constructor(private readonly source: Guarded) {}

  async follow(): Promise<void> {
    const head = await this.source.head()
    if (head < this.chain.length) return
    const fresh = await this.source.blocks(this.chain.length, head)
    const known = fresh.findIndex(({ hash }) => hash === undefined)
    await this.append(known < 0 ? fresh : fresh.slice(0, known))
    this.final = Math.max(this.final, head - FINALITY)
  }

  private async append(fresh: readonly Block[]): Promise<void> {
    fresh.forEach((block, i) => {
      if (i > 0) expect(block.parentHash).toBe(fresh[i - 1]?.hash)
    })
    const branch = [...fresh]
    while (branch[0] !== undefined && this.chain.length > 0) {
      const parent = branch[0].parentHash
      if (this.chain.at(-1)?.hash === parent) break
      const found = await this.source.call('eth_getBlockByHash', parent, false)
      if (found === null) return
      expect(this.chain.length - 1).toBeGreaterThan(this.final)
      this.chain.pop()
      const { hash, parentHash } = Object(found)
      branch.unshift({ hash, parentHash })
      if (branch.length > 200) throw new Error('it goes back for ever')
    }
    this.chain.push(...branch.slice(0))
  }
}

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('grow'), count: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('fork'), count: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('lag'), count: fc.integer({ min: 0, max: 1 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('fail'), count: fc.integer({ min: 0, max: 1 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('mend'), count: fc.integer({ min: 0, max: 1 }) }),
  },
)

test('who follows the guard has a chain that links, and what was final stays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      const chain = new ScriptedChain('property')
      grow(chain, 12)
      guarded = await Guarded.nodes(chain, chain)
      await guarded.start({ finalityBlocks: FINALITY, conflictHoldMs: 400, headPollMs: 20 })
      const reader = new Reader(guarded)
      let failed: unknown
      guarded.guard.failed.catch((error) => {
        failed = error
      })
      for (const { do: what, count } of steps) {
        const node = guarded.node(Math.min(1, count))
        if (what === 'grow') grow(chain, count)
        if (what === 'fork') {
          chain.fork(count)
          grow(chain, count + 1)
        }
        if (what === 'lag') node.chain = chain.copy('old')
        if (what === 'fail') node.behave = () => Promise.reject(new HttpFault(503))
        if (what === 'mend') {
          node.chain = chain
          node.behaveWell()
        }
        await reader.follow().catch(onlyOutages)
      }
      for (const node of guarded.nodes) {
        node.chain = chain
        node.behaveWell()
      }
      // A history that only lagging nodes kept may be followed, and then lost deeper than finality.
      await eventually(async () => {
        if (failed === undefined) await reader.follow().catch(onlyOutages)
        return failed !== undefined || reader.chain.at(-1)?.hash === chain.head.hash
      })
      await guarded.close()
    }),
    { ...propertySettings(10), endOnFailure: true },
  )
}, 300_000)

/** That no node answers is allowed; that the answers contradict each other is not. */
function onlyOutages(error: Error): void {
  if (!/no endpoint gave|was replaced|no chain/.test(error.message)) throw error
}
