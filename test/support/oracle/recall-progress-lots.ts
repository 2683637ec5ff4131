import { byText, plain } from './label'
import { type Member, tallyOf } from './recall-members'
import type { Recall, World } from './world'

/** By the plain form of the lot; units without one come last. */
export function lotsOf(world: World, recall: Recall, members: readonly Member[]) {
  const lotOf = ({ unit }: Member) => unit.identity?.lot ?? null
  const keys = new Set(members.flatMap((member) => plain(lotOf(member) ?? '')))
  keys.delete('')
  const named = [...keys].sort(byText).map((key) => {
    const inLot = members.filter((member) => plain(lotOf(member) ?? '') === key)
    const made = [...world.units.values()].filter(
      ({ identity }) =>
        identity !== null && identity.model === recall.model && plain(identity.lot ?? '') === key,
    )
    const [lot = ''] = inLot.map((member) => lotOf(member) ?? '').sort(byText)
    const unitsMade: number | null = made.length
    return { lot, unitsMade, ...tallyOf(inLot) }
  })
  const without = members.filter((member) => lotOf(member) === null)
  if (without.length === 0) return named
  return [...named, { lot: '', unitsMade: null, ...tallyOf(without) }]
}
