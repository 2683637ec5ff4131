import type { Change } from '../../../src/query/changes'
import type { ScriptedBlock } from '../chain'
import { handoversOf } from './handovers'
import { worldAt } from './replay'
import { type Place, type Statement, statementsUpTo } from './statements'

/** A change without the id of its row. */
export type ExpectedChange = Omit<Change, 'rowId'>

const MOVES = new Set(['Transfer', 'ConsecutiveTransfer'])

/** Everything that a chain says: moves, logs that are none, misfits. In the order of `inOrder`. */
export function changesOf(chain: readonly ScriptedBlock[]): ExpectedChange[] {
  const height = chain.length - 1
  const world = worldAt(chain, height)
  const nobody = { fromId: null, toId: null }
  const moves = handoversOf(world).map(({ unit, kind, at, from, to }) => {
    return { kind, ...placed(at), deviceId: unit.id, fromId: from, toId: to }
  })
  const events = statementsUpTo(chain, height)
    .filter(({ event }) => !MOVES.has(event))
    .map((said) => ({
      kind: 'EVENT' as const,
      ...placed(said.at),
      deviceId: deviceOf(said),
      ...nobody,
    }))
  const anomalies = world.misfits.map(({ device, at }) => ({
    kind: 'ANOMALY' as const,
    ...placed(at),
    deviceId: device,
    ...nobody,
  }))
  return inOrder([...moves, ...events, ...anomalies])
}

const RANKS = { MINT: 0, MOVE: 0, BURN: 0, EVENT: 1, ANOMALY: 2 }

/** By log, then what the log says; what one log says alike of several units, by unit. */
export function inOrder(changes: readonly ExpectedChange[]): ExpectedChange[] {
  const key = ({ blockHeight, logIndex, kind, deviceId }: ExpectedChange) =>
    [String(blockHeight).padStart(9), String(logIndex).padStart(9), RANKS[kind], deviceId].join()
  return changes
    .map((change) => ({ key: key(change), change }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ change }) => change)
}

function placed({ height, logIndex, time, txHash }: Place) {
  return { blockHeight: height, logIndex, timestamp: new Date(time), txHash }
}

function deviceOf(said: Statement): string | null {
  const name = ['tokenId', '_tokenId'].find((one) => said.has(one))
  return name === undefined ? null : `${said.contract}-${said.number(name)}`
}
