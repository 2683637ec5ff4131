import type { LookupOutcome } from '../../../src/query/lookup-devices/rows'
import type { ScriptedBlock } from '../chain'
import { blockOfAnswer, type Refusal } from './answer-block'
import type { AskedIdentifier, Says } from './asked-identifier'
import { plain, plainUdiDi } from './label'
import { worldAt } from './replay'
import { type Names, search } from './search'
import type { World } from './world'

export interface ExpectedLookup {
  row: number
  identifier: string
  outcome: LookupOutcome
  deviceId: string | null
  candidateIds: string[]
  candidateCount: number
  duplicateOf: number | null
  says: Says
}

/** What `lookupDevices` must answer. */
export function lookups(
  chain: readonly ScriptedBlock[],
  finalHeight: number,
  identifiers: readonly AskedIdentifier[],
): ExpectedLookup[] | Refusal {
  const asOf = blockOfAnswer(chain, finalHeight, null)
  if ('error' in asOf) return asOf
  const world = worldAt(chain, asOf.height)
  const rows = identifiers.map((asked, n) => alone(world, asked, n + 1))
  return rows.map((row, n) => {
    const first = rows.findIndex((other, m) => isSame(row, identifiers[n], other, identifiers[m]))
    if (first === n || row.outcome === 'INVALID') return row
    return { ...row, outcome: 'DUPLICATE_ROW', duplicateOf: first + 1 }
  })
}

function alone(world: World, asked: AskedIdentifier, row: number): ExpectedLookup {
  const { units, groups } = search(world, asked, {})
  const candidates = units.length > 0 ? units : groups.flatMap((group) => group.units)
  const candidateIds = [...new Set(candidates.map(({ id }) => id))]
  return {
    row,
    identifier: asked.text,
    outcome: outcomeOf(asked, units.length, groups.length),
    deviceId: units.length === 1 ? (units[0]?.id ?? null) : null,
    candidateIds,
    candidateCount: candidateIds.length,
    duplicateOf: null,
    says: asked.says,
  }
}

function outcomeOf({ names }: AskedIdentifier, units: number, groups: number): LookupOutcome {
  if (names === null) return 'INVALID'
  if (units === 1) return 'MATCHED'
  return units > 1 || groups > 0 ? 'AMBIGUOUS' : 'NOT_FOUND'
}

/** Two rows name the same, or lead to the same device. */
function isSame(
  row: ExpectedLookup,
  asked: AskedIdentifier | undefined,
  other: ExpectedLookup,
  otherAsked: AskedIdentifier | undefined,
): boolean {
  if (row.deviceId !== null && row.deviceId === other.deviceId) return true
  if (asked?.names == null || otherAsked?.names == null) return row === other
  return wording(asked.names) === wording(otherAsked.names)
}

function wording({ deviceId, serial, udiDi, lot, model }: Names): string {
  const text = (one: string | undefined) => (one === undefined ? null : plain(one))
  const di = (one: string | undefined) => (one === undefined ? null : plainUdiDi(one))
  return JSON.stringify([deviceId ?? null, text(serial), di(udiDi), text(lot), di(model)])
}
