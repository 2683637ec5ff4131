import fc from 'fast-check'
import { straight } from './branch'
import { type LogSpec, ONE, type ScriptedBlock } from './chain'
import { blockContent } from './history'

/**
 * Random histories in which recalls are carried out: few units of one model and one maker, a recall
 * of two of its lots, then moves, hand-offs and resolutions of these units, with anything else
 * between them.
 */

const ZERO = `0x${'0'.repeat(40)}`
const PEOPLE = ['a1', 'a2', 'a3', 'a4'].map((end) => `0x${end.padStart(40, '0')}`)
const MAKER = PEOPLE[1]
const HASH = `0x${'ab'.repeat(32)}`

const person = fc.constantFrom(...PEOPLE)
const token = fc.constantFrom(4n, 5n, 6n, 7n)
const recallId = fc.constantFrom(1n, 1n, 1n, 2n)
const lot = fc.constantFrom('L1', 'l1 ', 'L2', 'L3', '')

function log(event: string, args: Record<string, unknown>): LogSpec {
  return { contract: ONE, event, args }
}

const minted = fc
  .record({ tokenId: token, lot, to: fc.constantFrom(MAKER, MAKER, ...PEOPLE) })
  .map(({ tokenId, lot, to }) => [
    log('Transfer', { from: ZERO, to, tokenId }),
    log('DeviceMinted', {
      tokenId,
      modelId: 1n,
      manufacturer: MAKER,
      serial: `S${tokenId}`,
      lot,
      manufacturedOn: 0,
      expiresOn: 0,
      metadataUri: '',
      metadataHash: HASH,
    }),
  ])

const issued = (recallId: fc.Arbitrary<bigint>) =>
  fc.record({ recallId, issuer: person }).map(({ recallId, issuer }) => [
    log('RecallIssued', {
      recallId,
      modelId: 1n,
      issuer,
      class: 1,
      reason: 'leak',
      noticeUri: '',
      noticeHash: HASH,
    }),
  ])

const scopeAdded = (recallId: fc.Arbitrary<bigint>) =>
  fc
    .record({
      recallId,
      wholeModel: fc.constantFrom(false, false, true),
      lots: fc.array(lot, { maxLength: 2 }),
      serials: fc.array(fc.constantFrom('S4', 's5', 'S9'), { maxLength: 1 }),
    })
    .map((args) => [log('RecallScopeAdded', args)])

const moved = fc
  .record({ tokenId: token, to: fc.constantFrom(...PEOPLE, ...PEOPLE, ...PEOPLE, ZERO) })
  .map(({ tokenId, to }) => [log('Transfer', { from: 'holder', to, tokenId })])

const resolved = fc
  .record({ recallId, tokenId: token, by: person, resolution: fc.integer({ min: 0, max: 6 }) })
  .map((args) => [log('RecallUnitResolved', { ...args, note: '' })])

const sent = fc
  .record({ tokenId: token, from: person, to: person })
  .map((args) => [log('HandoffStarted', args)])

const closed = fc.record({ recallId, by: person }).map((args) => [log('RecallClosed', args)])

const act = fc.oneof(
  { weight: 6, arbitrary: moved },
  { weight: 6, arbitrary: resolved },
  { weight: 2, arbitrary: minted },
  { weight: 2, arbitrary: sent },
  { weight: 2, arbitrary: scopeAdded(recallId) },
  { weight: 1, arbitrary: closed },
  { weight: 1, arbitrary: issued(recallId) },
  { weight: 1, arbitrary: blockContent },
)

const acts = (maxLength: number) => fc.array(act, { maxLength }).map((groups) => groups.flat())
/** Not few, as fast-check would have them: what follows on the issue is what is looked at. */
const blocks = fc.array(acts(4), { minLength: 2, maxLength: 10, size: 'max' })

const first = fc.constant(1n)
/** Usually units, issue and scope in that order, as a sound contract has them; else as it comes. */
const opening = fc.oneof(
  { weight: 1, arbitrary: fc.array(acts(3), { maxLength: 2 }) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.array(minted, { minLength: 2, maxLength: 5 }),
        acts(3),
        issued(first),
        scopeAdded(first),
      )
      .map(([mints, before, issue, scope]) => [mints.flat(), [...before, ...issue, ...scope]]),
  },
)

/** A chain without forks in which a recall is carried out, well or badly. */
export const recallHistory: fc.Arbitrary<ScriptedBlock[]> = fc
  .tuple(opening, blocks)
  .map(([begun, then]) =>
    straight([{ depth: 0, hot: 0, final: false, blocks: [...begun, ...then] }]),
  )
