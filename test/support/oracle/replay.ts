import type { ScriptedBlock } from '../chain'
import { stored } from './label'
import { sayIdentity, sayJudgement, saySubmission } from './replay-identity'
import { sayMove, sayRangeOfMoves } from './replay-moves'
import { sayClosing, sayRecall, sayResolution, sayScope } from './replay-recalls'
import { type Statement, statementsUpTo } from './statements'
import { emptyWorld, holderOf, misfit, unitOf, type World } from './world'

/**
 * What is known at the end of a block, told in the most naive way: every log from the first one on,
 * for every question anew.
 */
export function worldAt(chain: readonly ScriptedBlock[], height: number): World {
  const world = emptyWorld()
  for (const said of statementsUpTo(chain, height)) {
    say(world, said)
    sayAltered(world, said)
  }
  return world
}

function say(world: World, said: Statement): void {
  switch (said.event) {
    case 'Transfer':
      return sayMove(world, said)
    case 'ConsecutiveTransfer':
      return sayRangeOfMoves(world, said)
    case 'DeviceMinted':
      return sayIdentity(world, said)
    case 'ModelSubmitted':
      return saySubmission(world, said)
    case 'ModelApproved':
    case 'ModelRejected':
    case 'ModelApprovalRevoked':
      return sayJudgement(world, said)
    case 'RecallIssued':
      return sayRecall(world, said)
    case 'RecallScopeAdded':
      return sayScope(world, said)
    case 'RecallUnitResolved':
      return sayResolution(world, said)
    case 'RecallClosed':
      return sayClosing(world, said)
    case 'PartyUpdated':
      world.names.set(said.address('party'), said.text('name'))
      return
    case 'PartyRemoved':
    case 'RoleGranted':
      return
    default:
      sayOfUnit(world, said)
  }
}

/** What happens to one unit beside its moves. */
function sayOfUnit(world: World, said: Statement): void {
  const unit = unitOf(world, said, said.number(said.has('tokenId') ? 'tokenId' : '_tokenId'))
  switch (said.event) {
    case 'HandoffStarted':
      unit.handoff = { to: said.address('to'), at: said.at }
      return
    case 'HandoffConfirmed':
    case 'HandoffCancelled':
      unit.handoff = null
      return
    case 'Locked':
    case 'Unlocked':
      unit.locked = said.event === 'Locked'
      return
    case 'DeviceSold':
      unit.sales.push({ to: said.address('buyer'), at: said.at })
      if (said.address('buyer') !== holderOf(unit)) {
        misfit(world, said, 'SALE_WITHOUT_MOVE', unit.id)
      }
      return
    case 'SaleListed':
    case 'SaleDelisted':
    case 'DeviceMetadataSet':
    case 'MetadataUpdate':
      return
    default:
      throw new Error(`the oracle does not know ${said.event}: tell it what follows from it`)
  }
}

/** Text that cannot be stored as it is said. */
function sayAltered(world: World, said: Statement): void {
  const device = said.has('tokenId') ? `${said.contract}-${said.number('tokenId')}` : null
  for (const text of said.allTexts()) {
    if (stored(text) !== text) misfit(world, said, 'TEXT_ALTERED', device)
  }
}
