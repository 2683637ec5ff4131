import { setTimeout as sleep } from 'node:timers/promises'
import { DeviceTrailError } from '../../domain/errors'
import { MODELS } from '../story/catalogue'
import { calls } from '../story/contract-calls'
import { newLot } from '../story/new-lot'
import { nextMove } from '../story/next-move'
import { type Random, seededRandom } from '../story/random'
import type { DemoChain } from './demo-chain'
import { readUnit, unitCount } from './unit-view'

/** How the demo goes on after the script. */
export interface LiveActivity {
  readonly chain: DemoChain
  /** Pause between two activities in ms. */
  readonly everyMs: number
  /** A line for each activity. */
  readonly say: (line: string) => void
  /** Saves the chain; called every few activities. */
  readonly save: () => Promise<void>
}

/** An activity in seven is a new lot. */
const NEW_LOT_EVERY = 7
const SAVE_EVERY = 5
/** A unit that rests is passed over for another; this many times, then a new lot is minted. */
const TRIES = 20

/** Lets something happen every few seconds until `signal` is aborted. */
export async function keepActive(activity: LiveActivity, signal: AbortSignal): Promise<void> {
  for (let count = 1; !signal.aborted; count++) {
    await oneActivity(activity).catch((error: unknown) => tellIfRefused(error, activity.say))
    if (count % SAVE_EVERY === 0) await activity.save()
    await sleep(activity.everyMs, undefined, { signal }).catch(() => undefined)
  }
}

/** One block with one activity, chosen by the height of the chain. */
export async function oneActivity({
  chain,
  say,
}: Pick<LiveActivity, 'chain' | 'say'>): Promise<void> {
  const { height } = await chain.head()
  const random = seededRandom(height)
  const story = await (height % NEW_LOT_EVERY === 0
    ? mintSome(chain, random)
    : moveSome(chain, random))
  say(`block ${String(height + 1).padEnd(6)} ${story}`)
}

async function moveSome(chain: DemoChain, random: Random): Promise<string> {
  const count = await unitCount(chain)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const unit = await readUnit(chain, BigInt(1 + random.whole(count)))
    const move = unit === undefined ? undefined : nextMove(unit, random)
    if (unit === undefined || move === undefined) continue
    await chain.play({ timestamp: now(), calls: move.calls })
    return `${move.story} demo-${unit.tokenId} (${MODELS[unit.model - 1]?.name})`
  }
  return mintSome(chain, random)
}

async function mintSome(chain: DemoChain, random: Random): Promise<string> {
  const firstToken = (await unitCount(chain)) + 1
  const { maker, lot } = newLot(firstToken, now(), random)
  await chain.play({ timestamp: now(), calls: [calls.mintBatch(maker, lot)] })
  const last = firstToken + lot.serials.length - 1
  return `demo-${firstToken} to demo-${last} are minted (${MODELS[lot.model - 1]?.name})`
}

// What the contract refuses is a fault of one choice and no reason to stop; anything else is.
function tellIfRefused(error: unknown, say: (line: string) => void): void {
  if (!(error instanceof DeviceTrailError) || error.code !== 'DEMO_CHAIN_STEP') throw error
  say(error.message)
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
