import { setTimeout as sleep } from 'node:timers/promises'
import { BOB, MAKER, minted, moved } from '../support/story'
import { emptyLedger } from './parts/clean-run'
import type { CommitFate } from './parts/database-proxy'
import { answerFrom, isRefutable, type JsonLog } from './parts/node-faults'
import type { Scenario } from './scenario'
import { Cut } from './scripted-node'
import type { World } from './world'

/** What goes wrong, one thing each. The acceptance names the first seven. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a node that serves two histories in turn',
    endpoints: 1,
    async play(world) {
      const { life, endpoints } = world
      const lie = life.chain.copy('the other history')
      for (let n = 0; n < 40; n++) lie.append(n % 3 === 0 ? minted(900n + BigInt(n)) : [])
      world.histories.noteLie(lie)
      life.grow(40)
      let turn = 0
      for (const { node } of endpoints) {
        node.behave = (call, answer) => (turn++ % 5 < 2 ? answerFrom(lie, call) : answer())
      }
      await sleep(3_000)
      return []
    },
  },
  {
    name: 'a node that withholds logs',
    endpoints: 1,
    async play(world) {
      const withheld = misleadAboutLogs(world, 0, () => [])
      world.life.grow(30)
      await sleep(1_200)
      misleadAboutLogs(world, 0, (logs) => logs.slice(1))
      world.life.grow(30)
      await sleep(1_200)
      return withheld.calls > 0 ? [] : ['the node was never asked for logs']
    },
  },
  {
    name: 'a node that withholds logs beside one that has them',
    endpoints: 2,
    async play(world) {
      misleadAboutLogs(world, 0, (logs) => logs.slice(0, -1))
      world.life.grow(30)
      // It must get there while the fault lasts: the other node has everything.
      await world.caughtUp()
      return []
    },
  },
  {
    name: 'a node that withholds old logs beside one that has them',
    endpoints: 2,
    async play(world) {
      await world.caughtUp()
      await world.indexer.terminate()
      // So far below the head that only filtered logs are read.
      world.life.grow(1_250)
      const withheld = misleadAboutLogs(world, 0, (logs) => logs.slice(0, logs.length / 2))
      world.indexer.start()
      await world.caughtUp()
      return withheld.filtered > 0 ? [] : ['the node was never asked for filtered logs']
    },
  },
  {
    name: 'a node that goes back 500 blocks',
    endpoints: 1,
    async play(world) {
      world.life.grow(520)
      await world.caughtUp()
      const before = await world.finalHeight()
      const old = world.life.chain.copy(0)
      old.fork(500)
      for (const { node } of world.endpoints) node.behave = (call) => answerFrom(old, call)
      await sleep(1_000)
      await world.indexer.kill()
      world.indexer.start()
      await sleep(2_500)
      const after = await world.finalHeight()
      return after === before ? [] : [`final blocks went from ${before} to ${after}`]
    },
  },
  {
    name: 'a connection cut in the middle of a commit',
    endpoints: 1,
    async play(world) {
      for (const fate of ['unanswered', 'lost', 'unanswered', 'lost'] as const) {
        world.proxy.trapCommit(() => fate)
        world.life.grow(25)
        await world.caughtUp()
      }
      return []
    },
  },
  {
    name: 'every second commit of a run is lost',
    endpoints: 1,
    async play(world) {
      const isCut = loseEverySecondCommit(world, 4)
      for (let n = 0; n < 8; n++) {
        world.life.grow(5)
        await world.caughtUp()
      }
      return isCut() ? [] : ['too few transactions were committed to lose four of them']
    },
  },
  {
    name: 'kill -9 between two batches',
    endpoints: 1,
    async play(world) {
      for (const after of [0, 2, 10]) {
        const killed = new Promise<void>((resolve) => {
          world.proxy.trapCommit(() => {
            void sleep(after)
              .then(() => world.indexer.kill())
              .then(resolve)
            return 'passed'
          })
        })
        world.life.grow(25)
        await killed
        await world.caughtUp()
      }
      return []
    },
  },
  {
    name: 'kill -9 in the middle of a first sync',
    endpoints: 1,
    async play(world) {
      const { indexer, life, look } = world
      await indexer.kill()
      await emptyLedger(look.sql)
      // Long enough that indexes are taken off.
      life.grow(1_200)
      const off = () => look.sql('SELECT name FROM squid_processor.index_taken_off')
      indexer.start()
      let mostOff = 0
      for (const commits of [4, 2, 1]) {
        await commitsPassed(world, commits)
        await indexer.kill()
        mostOff = Math.max(mostOff, (await off()).length)
        indexer.start()
      }
      await world.caughtUp()
      const left = (await off()).length
      if (mostOff > 0 && left === 0) return []
      return [`${mostOff} indexes were off during the sync, and ${left} after it`]
    },
  },
  {
    name: 'Postgres crashes during a commit',
    endpoints: 1,
    async play(world) {
      const crashed = new Promise<void>((resolve, reject) => {
        world.proxy.trapCommit(() => {
          world.server
            .crash()
            .then(() => world.server.comeBack())
            .then(resolve, reject)
          return 'passed'
        })
      })
      world.life.grow(25)
      await crashed
      return []
    },
  },
  {
    name: 'a balancer whose replicas lag',
    endpoints: 1,
    async play(world, random) {
      for (const { node } of world.endpoints) {
        node.behave = (call) => {
          const replica = world.life.chain.copy(0)
          const behind = random.below(6)
          if (behind > 0) replica.fork(behind)
          return answerFrom(replica, call)
        }
      }
      for (let n = 0; n < 12; n++) {
        world.life.grow(2)
        await sleep(200)
      }
      return []
    },
  },
  {
    name: 'a fork that takes moves back',
    endpoints: 1,
    async play(world) {
      const { life } = world
      for (let unit = 1n; unit <= 5n; unit++) life.append(minted(100n + unit))
      for (let unit = 1n; unit <= 5n; unit++) life.append([moved(100n + unit, MAKER, BOB)])
      await world.caughtUp()
      life.drop(5)
      for (let n = 0; n < 7; n++) life.append([])
      return []
    },
  },
  {
    name: 'the only node is gone while the process starts again',
    endpoints: 1,
    async play(world) {
      for (const { node } of world.endpoints) node.behave = () => Promise.reject(new Cut())
      await world.indexer.terminate()
      world.indexer.start()
      world.life.grow(20)
      await sleep(2_500)
      return []
    },
  },
]

/**
 * Lets one commit through and loses the next, in turn: whatever a program commits in two
 * transactions that belong together, it is cut between them, wherever the run begins.
 *
 * @returns whether all were lost that should be
 */
function loseEverySecondCommit({ proxy }: World, losses: number): () => boolean {
  let lost = 0
  const passing = (): CommitFate => {
    proxy.trapCommit(losing)
    return 'passed'
  }
  const losing = (): CommitFate => {
    if (++lost < losses) proxy.trapCommit(passing)
    return 'lost'
  }
  proxy.trapCommit(passing)
  return () => lost === losses
}

/** Waits until so many transactions were committed from now on. */
async function commitsPassed({ proxy }: World, commits: number): Promise<void> {
  for (let count = 0; count < commits; count++) {
    await new Promise<void>((resolve) => {
      proxy.trapCommit(() => {
        resolve()
        return 'passed'
      })
    })
  }
}

/**
 * Lets one endpoint change what it answers for logs, where that can be noticed at all; counts how
 * often it did.
 */
function misleadAboutLogs(
  { endpoints, life }: World,
  index: number,
  change: (logs: JsonLog[]) => JsonLog[],
): { calls: number; filtered: number } {
  const told = { calls: 0, filtered: 0 }
  const node = endpoints[index]?.node
  if (node === undefined) throw new Error(`there is no endpoint ${index}`)
  node.behave = async (call, answer) => {
    const right = await answer()
    if (call.method !== 'eth_getLogs' || !Array.isArray(right)) return right
    const wrong = change(right)
    if (!isRefutable(right, wrong, life.chain)) return right
    told.calls++
    if (Object(call.params[0]).address !== undefined) told.filtered++
    return wrong
  }
  return told
}
