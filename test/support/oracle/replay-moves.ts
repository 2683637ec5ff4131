import type { Statement } from './statements'
import { holderOf, misfit, newUnit, type Unit, unitOf, type World } from './world'

const NOBODY = `0x${'0'.repeat(40)}`
/** More tokens in one log than this are not taken. */
const RANGE_MAX = 10_000n

export function sayMove(world: World, said: Statement): void {
  move(world, said, said.number('tokenId'), said.address('from'), said.address('to'))
}

export function sayRangeOfMoves(world: World, said: Statement): void {
  const first = said.number('fromTokenId')
  const last = said.number('toTokenId')
  if (last - first + 1n > RANGE_MAX) return misfit(world, said, 'RANGE_TOO_LARGE', null)
  for (let token = first; token <= last; token++) {
    move(world, said, token, said.address('fromAddress'), said.address('toAddress'))
  }
}

function move(world: World, said: Statement, token: bigint, from: string, to: string): void {
  if (from === NOBODY && to === NOBODY) return misfit(world, said, 'UNREADABLE_LOG', null)
  const isNew = !world.units.has(`${said.contract}-${token}`)
  const unit = isNew && from === NOBODY ? newUnit(world, said, token) : unitOf(world, said, token)
  for (const code of misfitsOf(unit, from, to)) misfit(world, said, code, unit.id)
  // The burn of what nobody holds moves nothing.
  if (to === NOBODY && holderOf(unit) === null) return
  const last = unit.periods.at(-1)
  if (last !== undefined && last.until === null) last.until = said.at
  if (to !== NOBODY) {
    unit.periods.push({ owner: to, byMint: from === NOBODY, since: said.at, until: null })
  }
  unit.handoff = null
}

function misfitsOf(unit: Unit, from: string, to: string): string[] {
  const holder = holderOf(unit)
  const wasHeld = unit.periods.length > 0
  if (from === NOBODY) {
    if (holder !== null) return ['SECOND_MINT']
    return wasHeld ? ['MINT_AFTER_BURN'] : []
  }
  const codes: string[] = []
  if (wasHeld && from !== holder) codes.push('MOVE_BY_NON_HOLDER')
  if (unit.locked && to !== NOBODY) codes.push('MOVE_WHILE_LOCKED')
  if (unit.handoff !== null && unit.handoff.to !== to) codes.push('MOVE_OUTSIDE_HANDOFF')
  return codes
}
