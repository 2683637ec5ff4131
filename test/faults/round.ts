import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../../bench/random'
import { ledgerContent } from '../support/ledger-content'
import { inconsistencies } from './parts/check'
import { cleanRun, differences } from './parts/clean-run'
import { blocksOf } from './parts/histories'
import { Look } from './parts/look'
import { type Sample, takeSample, Watch } from './parts/watch'
import { describePlan, type Happening, type RoundPlan } from './round-plan'
import type { World } from './world'

/** How a round went. No findings: it passed. */
export interface RoundResult {
  seed: number
  /** What was done to the indexer, in one line. */
  faults: string
  findings: string[]
  seconds: number
  /** Height of the chain at the end. */
  height: number
  /** Rows of the ledger at the end. */
  rows: number
  /** HTTP answers that were wrong or late, among all during the faults. */
  answers: { wrong: number; all: number }
}

/**
 * One round: life goes on while everything around the indexer fails as planned; then the faults
 * end, the indexer comes to the head, and its ledger must be that of a clean run.
 */
export async function playRound(world: World, plan: RoundPlan): Promise<RoundResult> {
  const began = Date.now()
  const findings: string[] = []
  const watchLook = new Look(world.look.url)
  const watch = new Watch(watchLook, world.histories)
  let sample: Sample | undefined
  try {
    await world.caughtUp()
    sample = await chaos(world, plan)
    await world.caughtUp()
    findings.push(...(await compareWithCleanRun(world)))
    if (sample !== undefined) findings.push(...(await judgeSample(world, sample)))
  } catch (error) {
    findings.push(error instanceof Error ? error.message : String(error))
  } finally {
    await watch.stop()
    await watchLook.close()
  }
  findings.push(...watch.violations)
  return {
    seed: plan.seed,
    faults: describePlan(plan),
    findings,
    seconds: (Date.now() - began) / 1000,
    height: world.life.chain.head.height,
    rows: await rowCount(world).catch(() => 0),
    answers: answersOf(world),
  }
}

/** Row by row, all tables; and the consistency check has to agree. */
export async function compareWithCleanRun(world: World): Promise<string[]> {
  const content = await ledgerContent(world.look.sql)
  const clean = await cleanRun(world.cleanUrl, blocksOf(world.life.chain))
  const inconsistent = await world.look.inSnapshot(inconsistencies)
  return [...differences(content, clean), ...inconsistent]
}

/**
 * At whatever moment one looks, the ledger is what a clean run up to its head would leave: no half
 * of a batch, no rest of a fork.
 */
async function judgeSample(
  world: World,
  { head, content, inconsistent }: Sample,
): Promise<string[]> {
  const history = world.histories.leadingTo(head.hash)
  if (history === undefined) {
    return [`in the middle of the round the head was ${head.hash}, a block nobody ever made`]
  }
  const found = [...differences(content, await cleanRun(world.cleanUrl, history)), ...inconsistent]
  return found.map((line) => `in the middle of the round, at block ${head.height}: ${line}`)
}

async function chaos(world: World, plan: RoundPlan): Promise<Sample | undefined> {
  let endFaults: () => void = () => undefined
  const calm = new Promise<void>((resolve) => {
    endFaults = resolve
  })
  const random = new Random(plan.seed + 1)
  const began = Date.now()
  for (const [index, endpoint] of world.endpoints.entries()) {
    const faults = plan.endpoints[index]
    if (faults === undefined) continue
    endpoint.misbehave(faults, () => world.anotherHistory(random), calm)
  }
  const lasting: Promise<unknown>[] = []
  let sample: Sample | undefined
  const sampleAt = plan.chaosMs * (0.3 + 0.6 * random.share())
  lasting.push(
    sleep(sampleAt).then(async () => {
      const look = new Look(world.look.url)
      sample = await takeSample(look)
      await look.close()
    }),
  )
  for (const happening of plan.happenings) {
    await sleep(Math.max(0, began + happening.at - Date.now()))
    lasting.push(happen(world, happening))
  }
  await sleep(Math.max(0, began + plan.chaosMs - Date.now()))
  await Promise.all(lasting)
  world.calm()
  endFaults()
  return sample
}

/** Resolves when what happened is over, so that nothing of a round reaches into the next. */
async function happen(world: World, happening: Happening): Promise<void> {
  const { life, indexer, proxy, server } = world
  switch (happening.kind) {
    case 'blocks':
      return life.grow(happening.blocks)
    case 'fork':
      return life.fork(happening.depth, happening.longerBy)
    case 'kill -9':
      await indexer.kill()
      return startAgain(world)
    case 'kill -9 at a commit':
      return proxy.trapCommit(() => {
        void indexer.kill().then(() => startAgain(world))
        return 'passed'
      })
    case 'SIGTERM':
      await indexer.terminate()
      return startAgain(world)
    case 'freeze':
      indexer.freeze()
      await sleep(happening.forMs)
      return indexer.thaw()
    case 'connections cut':
      return proxy.cut()
    case 'connections refused':
      proxy.refuses = true
      proxy.cut()
      await sleep(happening.forMs)
      proxy.refuses = false
      return
    case 'commit lost':
      return proxy.trapCommit(() => 'lost')
    case 'commit unanswered':
      return proxy.trapCommit(() => 'unanswered')
    case 'slow database':
      proxy.delayMs = happening.delayMs
      await sleep(happening.forMs)
      proxy.delayMs = 0
      return
    case 'Postgres restart':
      await server.shutDown()
      return server.comeBack()
    case 'Postgres crash':
      await server.crash()
      return server.comeBack()
    case 'Postgres crash at a commit':
      return crashAtCommit(world)
  }
}

/** The faults go on until the new process has met some. */
async function startAgain(world: World): Promise<void> {
  world.indexer.start()
  await world.asked(20)
}

function crashAtCommit({ proxy, server }: World): Promise<void> {
  return new Promise((resolve, reject) => {
    // Where nothing is committed in time, there is nothing to crash in the middle of.
    const giveUp = setTimeout(resolve, 1_000)
    proxy.trapCommit(() => {
      clearTimeout(giveUp)
      server
        .crash()
        .then(() => server.comeBack())
        .then(resolve, reject)
      return 'passed'
    })
  })
}

async function rowCount(world: World): Promise<number> {
  return Object.values(await ledgerContent(world.look.sql)).flat().length
}

function answersOf(world: World): { wrong: number; all: number } {
  const counts = world.endpoints.map((endpoint) => endpoint.takeCounts())
  return {
    wrong: counts.reduce((sum, { wrong }) => sum + wrong, 0),
    all: counts.reduce((sum, { all }) => sum + all, 0),
  }
}
