import type { Place, Statement } from './statements'

/** What is known at a point of the chain. Plain maps; nothing is derived that can be looked up. */
export interface World {
  units: Map<string, Unit>
  models: Map<string, Model>
  recalls: Map<string, Recall>
  /** Last name in the directory, by address. */
  names: Map<string, string>
  misfits: Misfit[]
}

export interface Unit {
  id: string
  contract: string
  token: bigint
  periods: Period[]
  identity: Identity | null
  /** Receiver and start of an open hand-off. */
  handoff: { to: string; at: Place } | null
  locked: boolean
  /** Buyers, as reported; the moves are among the periods. */
  sales: { to: string; at: Place }[]
}

export interface Period {
  owner: string
  byMint: boolean
  since: Place
  until: Place | null
}

/** What the first mint statement of a unit said. */
export interface Identity {
  model: string
  manufacturer: string
  serial: string | null
  lot: string | null
  manufacturedOn: string | null
  expiresOn: string | null
  at: Place
  /** Whether the UDI-DI of its model was known by then: only so can the log show a twin. */
  udiDiWasKnown: boolean
}

export interface Model {
  id: string
  /** The first submission; null for a model that is only spoken of. */
  submission: { udiDi: string; manufacturer: string } | null
  judgements: { event: string; at: Place }[]
}

export interface Recall {
  id: string
  /** Null until it is issued. */
  model: string | null
  /** The first issue. */
  issued: { by: string; at: Place } | null
  scopes: Scope[]
  /** What was said of units, in scope or not. */
  resolutions: Resolution[]
  closed: Place | null
}

export interface Resolution {
  unit: string
  by: string
  number: bigint
  at: Place
}

export interface Scope {
  /** Model of the recall when the scope was stated: a scope of nothing issued names nothing. */
  model: string | null
  wholeModel: boolean
  lots: string[]
  serials: string[]
  at: Place
}

/** A log that does not fit what is known. */
export interface Misfit {
  code: string
  /** Null where it is about no unit. */
  device: string | null
  at: Place
}

export function emptyWorld(): World {
  return {
    units: new Map(),
    models: new Map(),
    recalls: new Map(),
    names: new Map(),
    misfits: [],
  }
}

export function misfit(world: World, said: Statement, code: string, device: string | null): void {
  world.misfits.push({ code, device, at: said.at })
}

/** The unit that a log speaks of; one that was never minted is a misfit. */
export function unitOf(world: World, said: Statement, token: bigint): Unit {
  const id = `${said.contract}-${token}`
  const known = world.units.get(id)
  if (known !== undefined) return known
  misfit(world, said, 'UNMINTED_TOKEN', id)
  return newUnit(world, said, token)
}

export function newUnit(world: World, said: Statement, token: bigint): Unit {
  const id = `${said.contract}-${token}`
  const { contract } = said
  const unit: Unit = {
    id,
    contract,
    token,
    periods: [],
    identity: null,
    handoff: null,
    locked: false,
    sales: [],
  }
  world.units.set(id, unit)
  return unit
}

/** The model that a log speaks of; one that was never submitted is a misfit, once. */
export function modelOf(world: World, said: Statement): Model {
  const id = `${said.contract}-model-${said.number('modelId')}`
  const known = world.models.get(id)
  if (known !== undefined) return known
  if (said.event !== 'ModelSubmitted') misfit(world, said, 'UNKNOWN_MODEL', null)
  const model: Model = { id, submission: null, judgements: [] }
  world.models.set(id, model)
  return model
}

/** The recall that a log speaks of; one that was never issued is a misfit, once. */
export function recallOf(world: World, said: Statement): Recall {
  const id = `${said.contract}-recall-${said.number('recallId')}`
  const known = world.recalls.get(id)
  if (known !== undefined) return known
  if (said.event !== 'RecallIssued') misfit(world, said, 'UNKNOWN_RECALL', null)
  const recall: Recall = {
    id,
    model: null,
    issued: null,
    scopes: [],
    resolutions: [],
    closed: null,
  }
  world.recalls.set(id, recall)
  return recall
}

/** Who holds a unit; null for a burned one, and for one that was never seen to move. */
export function holderOf(unit: Unit): string | null {
  const last = unit.periods.at(-1)
  return last === undefined || last.until !== null ? null : last.owner
}

export function isBurned(unit: Unit): boolean {
  return unit.periods.length > 0 && holderOf(unit) === null
}

/** The UDI-DI of a unit's model, null where the record has none. */
export function udiDiOf(world: World, unit: Unit): string | null {
  const model = unit.identity === null ? undefined : world.models.get(unit.identity.model)
  const udiDi = model?.submission?.udiDi ?? ''
  return udiDi.trim() === '' ? null : udiDi
}

/** All units as tokens are counted, contract by contract. */
export function unitsInOrder(world: World): Unit[] {
  return [...world.units.values()].sort((a, b) => {
    if (a.contract !== b.contract) return a.contract < b.contract ? -1 : 1
    return a.token < b.token ? -1 : 1
  })
}
