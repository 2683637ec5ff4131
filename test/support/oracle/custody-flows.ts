import type { CustodyFlow, CustodyFlowsRequest } from '../../../src/query/custody-flows'
import type { ScriptedBlock } from '../chain'
import type { Refusal } from './answer-block'
import { type Handover, handoversOf } from './handovers'
import { worldAt } from './replay'

/** All moves from somebody to somebody, sorted into pairs. */
export function flowsAnswer(
  chain: readonly ScriptedBlock[],
  { modelId, from, to, first }: CustodyFlowsRequest,
): CustodyFlow[] | Refusal {
  const world = worldAt(chain, chain.length - 1)
  if (from != null && to != null && !(from < to)) return { error: 'ARGUMENT_OUT_OF_RANGE' }
  if (modelId != null && !world.models.has(modelId)) return { error: 'MODEL_NOT_FOUND' }
  const pairs = new Map<string, Handover[]>()
  for (const move of handoversOf(world)) {
    if (move.kind !== 'MOVE' || move.from === null) continue
    if (modelId != null && move.unit.identity?.model !== modelId) continue
    if ((from != null && move.at.time < +from) || (to != null && move.at.time >= +to)) continue
    const pair = `${move.from} ${move.to}`
    pairs.set(pair, [...(pairs.get(pair) ?? []), move])
  }
  return [...pairs]
    .sort(([a, of], [b, than]) => than.length - of.length || (a < b ? -1 : 1))
    .slice(0, first)
    .map(([pair, moves]) => flow(pair, moves))
}

function flow(pair: string, moves: readonly Handover[]): CustodyFlow {
  const [fromId = '', toId = ''] = pair.split(' ')
  const dwells = moves.map(({ dwellSeconds }) => dwellSeconds ?? 0).sort((a, b) => a - b)
  const times = moves.map(({ at }) => at.time)
  const half = (dwells.length - 1) / 2
  const middle = [dwells[Math.floor(half)] ?? 0, dwells[Math.ceil(half)] ?? 0] as const
  return {
    fromId,
    toId,
    moves: moves.length,
    devices: new Set(moves.map(({ unit }) => unit.id)).size,
    meanDwellSeconds: dwells.reduce((sum, one) => sum + one, 0) / dwells.length,
    medianDwellSeconds: (middle[0] + middle[1]) / 2,
    firstAt: new Date(Math.min(...times)),
    lastAt: new Date(Math.max(...times)),
  }
}
