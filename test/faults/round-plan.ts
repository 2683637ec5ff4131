import { Random } from '../../bench/random'
import type { EndpointPlan, Spell } from './parts/endpoint'
import { NODE_FAULTS, type NodeFaultName } from './parts/node-faults'

/** Confirmations that the indexers of the harness ask for. */
export const FINALITY_BLOCKS = 12
/** A fork may go far beyond. */
export const FORK_DEPTH_MAX = 60
/** Wrong or late answers among all of a node. */
const WRONG_SHARE = 1 / 3
const CHAOS_MS = 1_200
const GROW_EVERY_MS = 130

/** Something that happens at a moment of a round, in milliseconds from its beginning. */
export type Happening = { at: number } & (
  | { kind: 'blocks'; blocks: number }
  | { kind: 'fork'; depth: number; longerBy: number }
  | { kind: 'kill -9' }
  | { kind: 'kill -9 at a commit' }
  | { kind: 'SIGTERM' }
  | { kind: 'freeze'; forMs: number }
  | { kind: 'connections cut' }
  | { kind: 'connections refused'; forMs: number }
  | { kind: 'commit lost' }
  | { kind: 'commit unanswered' }
  | { kind: 'slow database'; forMs: number; delayMs: number }
  | { kind: 'Postgres restart' }
  | { kind: 'Postgres crash' }
  | { kind: 'Postgres crash at a commit' }
)

/** All that chance decides about a round, but for the order in which requests come. */
export interface RoundPlan {
  seed: number
  chaosMs: number
  endpoints: EndpointPlan[]
  happenings: Happening[]
}

/** The plan of one round, the same for the same seed. */
export function planRound(seed: number, endpointCount: number): RoundPlan {
  const random = new Random(seed)
  const endpoints = Array.from({ length: endpointCount }, () => planEndpoint(random))
  const happenings = [...growth(random), ...forks(random), ...processFaults(random)]
  happenings.push(...networkFaults(random), ...serverFaults(random))
  happenings.sort((a, b) => a.at - b.at)
  return { seed, chaosMs: CHAOS_MS, endpoints, happenings }
}

/** The plan in one line: what is out of the ordinary. */
export function describePlan({ endpoints, happenings }: RoundPlan): string {
  const parts = happenings
    .filter(({ kind }) => kind !== 'blocks')
    .map((one) => (one.kind === 'fork' ? `fork ${one.depth}` : one.kind))
  endpoints.forEach(({ faults, spells }, index) => {
    const wrong = [...faults, ...spells.map(({ kind }) => kind)]
    if (wrong.length > 0) parts.push(`node ${index + 1}: ${wrong.join(', ')}`)
  })
  return parts.join('; ')
}

function planEndpoint(random: Random): EndpointPlan {
  const names = Object.keys(NODE_FAULTS) as NodeFaultName[]
  const faults = new Set(Array.from({ length: 1 + random.below(4) }, () => random.pick(names)))
  const spells: Spell[] = []
  if (random.share() < 0.25) {
    const from = random.below(CHAOS_MS / 2)
    const kind = random.pick(['gone', 'stuck at an old head', 'another history'] as const)
    spells.push({ kind, from, until: from + 100 + random.below(500) })
  }
  const honest = random.share() < 0.15
  const chosen = honest ? [] : [...faults]
  return { seed: random.uint32(), share: WRONG_SHARE, faults: chosen, spells: honest ? [] : spells }
}

function growth(random: Random): Happening[] {
  const happenings: Happening[] = []
  for (let at = 0; at < CHAOS_MS; at += GROW_EVERY_MS) {
    happenings.push({ at, kind: 'blocks', blocks: 1 + random.below(3) })
  }
  return happenings
}

function forks(random: Random): Happening[] {
  return Array.from({ length: 1 + random.below(2) }, () => {
    const shallow = random.share() < 0.6
    const depth = 1 + random.below(shallow ? FINALITY_BLOCKS - 1 : FORK_DEPTH_MAX)
    return { at: random.below(CHAOS_MS), kind: 'fork', depth, longerBy: random.below(4) - 1 }
  })
}

function processFaults(random: Random): Happening[] {
  if (random.share() >= 0.4) return []
  const at = random.below(CHAOS_MS)
  const kind = random.pick(['kill -9', 'kill -9 at a commit', 'SIGTERM', 'freeze'] as const)
  return [kind === 'freeze' ? { at, kind, forMs: 50 + random.below(400) } : { at, kind }]
}

function networkFaults(random: Random): Happening[] {
  if (random.share() >= 0.5) return []
  const at = random.below(CHAOS_MS)
  const forMs = 50 + random.below(400)
  return [
    random.pick<Happening>([
      { at, kind: 'connections cut' },
      { at, kind: 'connections refused', forMs },
      { at, kind: 'commit lost' },
      { at, kind: 'commit unanswered' },
      { at, kind: 'slow database', forMs, delayMs: 1 + random.below(15) },
    ]),
  ]
}

function serverFaults(random: Random): Happening[] {
  if (random.share() >= 0.15) return []
  const kinds = ['Postgres restart', 'Postgres crash', 'Postgres crash at a commit'] as const
  return [{ at: random.below(CHAOS_MS), kind: random.pick(kinds) }]
}
