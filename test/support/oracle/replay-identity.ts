import { calendarDay, plain, plainUdiDi, statedOrMissing, stored } from './label'
import type { Statement } from './statements'
import { misfit, modelOf, type Unit, udiDiOf, unitOf, type World } from './world'

/** The first statement of an identity stands. */
export function sayIdentity(world: World, said: Statement): void {
  const unit = unitOf(world, said, said.number('tokenId'))
  const model = modelOf(world, said)
  for (const date of ['manufacturedOn', 'expiresOn']) {
    if (said.number(date) !== 0n && calendarDay(said.number(date)) === null) {
      misfit(world, said, 'UNREADABLE_DATE', unit.id)
    }
  }
  if (unit.identity !== null) return misfit(world, said, 'IDENTITY_RESTATED', unit.id)
  if (model.judgements.at(-1)?.event !== 'ModelApproved') {
    misfit(world, said, 'MINT_WITHOUT_APPROVAL', unit.id)
  }
  const manufacturer = said.address('manufacturer')
  if (model.submission !== null && model.submission.manufacturer !== manufacturer) {
    misfit(world, said, 'MINT_BY_OTHER_MANUFACTURER', unit.id)
  }
  unit.identity = {
    model: model.id,
    manufacturer,
    serial: statedOrMissing(said.text('serial')),
    lot: statedOrMissing(said.text('lot')),
    manufacturedOn: calendarDay(said.number('manufacturedOn')),
    expiresOn: calendarDay(said.number('expiresOn')),
    at: said.at,
    udiDiWasKnown: model.submission !== null,
  }
  sayTwin(world, said, unit)
}

/** Both the unit and the first that had its UDI-DI and serial are marked. */
function sayTwin(world: World, said: Statement, unit: Unit): void {
  const stated = twinsOf(world, unit).filter((twin) => twin.identity?.udiDiWasKnown)
  if (!unit.identity?.udiDiWasKnown) return
  const [first] = stated.sort((a, b) => position(a) - position(b))
  if (first === undefined) return
  misfit(world, said, 'DUPLICATE_IDENTITY', unit.id)
  misfit(world, said, 'DUPLICATE_IDENTITY', first.id)
}

function position({ identity }: Unit): number {
  return identity === null
    ? Number.POSITIVE_INFINITY
    : identity.at.height * 1e6 + identity.at.logIndex
}

/** Other units with the same UDI-DI and serial; without both there are none. */
export function twinsOf(world: World, unit: Unit): Unit[] {
  return [...world.units.values()].filter(
    (other) =>
      other !== unit &&
      nameOf(world, other) !== null &&
      nameOf(world, other) === nameOf(world, unit),
  )
}

/** UDI-DI and serial, which together name one unit. */
export function nameOf(world: World, unit: Unit): string | null {
  const udiDi = udiDiOf(world, unit)
  const serial = unit.identity?.serial ?? null
  return udiDi === null || serial === null ? null : `${plainUdiDi(udiDi)} ${plain(serial)}`
}

/** The first submission of a model stands. */
export function saySubmission(world: World, said: Statement): void {
  const model = modelOf(world, said)
  if (model.submission !== null) return misfit(world, said, 'IDENTITY_RESTATED', null)
  model.submission = {
    udiDi: stored(said.text('udiDi')),
    manufacturer: said.address('manufacturer'),
  }
}

export function sayJudgement(world: World, said: Statement): void {
  modelOf(world, said).judgements.push({ event: said.event, at: said.at })
}
