import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startAnvil } from '../support/anvil'
import { type Stage, setStage } from './stage'
import { decommissions } from './subjects/decommissions'
import { deployment } from './subjects/deployment'
import { handoffs } from './subjects/handoffs'
import { locks } from './subjects/locks'
import { minting } from './subjects/minting'
import { models } from './subjects/models'
import { parties } from './subjects/parties'
import { paymentAttacks } from './subjects/payment-attacks'
import { recallScopes } from './subjects/recall-scopes'
import { recalls } from './subjects/recalls'
import { returns } from './subjects/returns'
import { sales } from './subjects/sales'
import { transfers } from './subjects/transfers'
import { units } from './subjects/units'

let anvil: Awaited<ReturnType<typeof startAnvil>>
let stage: Stage
/** Where time is turned back to after each test: the chain as `setStage` left it. */
let snapshot: `0x${string}`

beforeAll(async () => {
  anvil = await startAnvil()
  stage = await setStage(anvil.url)
})
afterAll(() => anvil?.stop())
beforeEach(async () => {
  snapshot = await stage.node.snapshot()
})
afterEach(() => stage.node.revert({ id: snapshot }))

const onStage = () => stage

// One file, one node, one set of what was seen: the last test can tell what no test has met.
describe('deployment', () => deployment(onStage))
describe('parties', () => parties(onStage))
describe('models', () => models(onStage))
describe('minting', () => minting(onStage))
describe('units', () => units(onStage))
describe('transfers', () => transfers(onStage))
describe('locks', () => locks(onStage))
describe('hand-offs', () => handoffs(onStage))
describe('sales', () => sales(onStage))
describe('payment attacks', () => paymentAttacks(onStage))
describe('returns', () => returns(onStage))
describe('decommissions', () => decommissions(onStage))
describe('recalls', () => recalls(onStage))
describe('recall scopes', () => recallScopes(onStage))

describe('completeness', () => {
  test('no custom error of the ABI is left without a test', () => {
    // OpenZeppelin's guard against a second mint of a living token: ids that are counted up never
    // meet it.
    const unreachable = new Set(['ERC721InvalidSender'])
    const missed = namesOf('error').filter((name) => !stage.device.seenErrors.has(name))
    expect(missed.filter((name) => !unreachable.has(name))).toEqual([])
  })

  test('no event of the ABI is left without a test', () => {
    // Inherited with their standards; the contract has nothing that emits them.
    const unused = new Set(['BatchMetadataUpdate', 'RoleAdminChanged'])
    const missed = namesOf('event').filter((name) => !stage.device.seenEvents.has(name))
    expect(missed.filter((name) => !unused.has(name))).toEqual([])
  })
})

function namesOf(type: 'error' | 'event'): string[] {
  return stage.device.abi.flatMap((entry) => (entry.type === type ? [entry.name] : []))
}
