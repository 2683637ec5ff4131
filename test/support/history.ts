import fc from 'fast-check'
import { type LogSpec, ONE, TWO } from './chain'

/**
 * Random logs in a world so small that everything meets: four people, six tokens in two contracts,
 * two models with one UDI-DI, few lots and serials, three recalls. Most moves are made by the
 * holder; some are not, and other things that no sound contract would emit occur as well.
 */

const ZERO = `0x${'0'.repeat(40)}`
const PEOPLE = ['a1', 'a2', 'a3', 'a4'].map((end) => `0x${end.padStart(40, '0')}`)
const HASH = `0x${'ab'.repeat(32)}`

const person = fc.constantFrom(...PEOPLE)
const contract = fc.constantFrom(ONE, ONE, TWO)
const tokenId = fc.constantFrom(0n, 1n, 2n, 2n ** 256n - 1n)
const modelId = fc.constantFrom(1n, 2n)
const recallId = fc.constantFrom(1n, 2n)
const serial = fc.constantFrom('S1', 's1', 'S2', 'S3', 'S-4', '')
const lot = fc.constantFrom('L1', 'L2', 'l2 ', '')
const date = fc.constantFrom(0, 20260131, 20251231, 20260231)
const text = fc.constantFrom('', 'broken seal', 'nul \0 inside')

function spec<T extends Record<string, fc.Arbitrary<unknown>>>(
  event: string,
  args: T,
): fc.Arbitrary<LogSpec[]> {
  return fc
    .record({ contract, args: fc.record(args) })
    .map((made) => [{ contract: made.contract, event, args: made.args as Record<string, unknown> }])
}

const unit = {
  serial,
  lot,
  manufacturedOn: date,
  expiresOn: date,
  metadataUri: fc.constantFrom('ipfs://x', ''),
  metadataHash: fc.constant(HASH),
}

/** The logs of a mint as the reference contract emits them: the Transfer, then the identity. */
const mint = fc
  .record({ contract, tokenId, to: person, modelId, manufacturer: person, unit: fc.record(unit) })
  .map((m): LogSpec[] => [
    {
      contract: m.contract,
      event: 'Transfer',
      args: { from: ZERO, to: m.to, tokenId: m.tokenId },
    },
    {
      contract: m.contract,
      event: 'DeviceMinted',
      args: { tokenId: m.tokenId, modelId: m.modelId, manufacturer: m.manufacturer, ...m.unit },
    },
  ])

/** A move whose sender is filled in when the history is played: see `play`. */
const move = spec('Transfer', {
  from: fc.constantFrom('holder', 'holder', 'holder', 'holder', 'holder', ...PEOPLE, ZERO),
  to: fc.constantFrom(...PEOPLE, ...PEOPLE, ...PEOPLE, ZERO),
  tokenId,
})

const handoff = fc
  .constantFrom('HandoffStarted', 'HandoffConfirmed', 'HandoffCancelled')
  .chain((event) =>
    spec(event, {
      tokenId,
      from: person,
      to: person,
      ...(event === 'HandoffCancelled' && { by: person }),
    }),
  )
const model = fc
  .constantFrom('ModelApproved', 'ModelRejected', 'ModelApprovalRevoked')
  .chain((event) =>
    spec(event, { modelId, regulator: person, ...(event !== 'ModelApproved' && { reason: text }) }),
  )

const anything: fc.Arbitrary<LogSpec[]> = fc.oneof(
  { weight: 8, arbitrary: mint },
  { weight: 14, arbitrary: move },
  { weight: 6, arbitrary: handoff },
  { weight: 4, arbitrary: model },
  {
    weight: 3,
    arbitrary: spec('ModelSubmitted', {
      modelId,
      manufacturer: person,
      udiDi: fc.constantFrom('09506000134352', '9506000134352', 'CSQU'),
      name: text,
      metadataUri: text,
      metadataHash: fc.constant(HASH),
    }),
  },
  {
    weight: 3,
    arbitrary: spec('PartyUpdated', {
      party: person,
      kind: fc.integer({ min: 0, max: 9 }),
      name: fc.constantFrom('St. Mary', 'Acme'),
      gln: fc.constantFrom('', '9506000134352'),
    }),
  },
  { weight: 1, arbitrary: spec('PartyRemoved', { party: person }) },
  {
    weight: 1,
    arbitrary: spec('RoleGranted', { role: fc.constant(HASH), account: person, sender: person }),
  },
  { weight: 2, arbitrary: spec('Locked', { tokenId }) },
  { weight: 2, arbitrary: spec('Unlocked', { tokenId }) },
  {
    weight: 2,
    arbitrary: spec('SaleListed', { tokenId, seller: person, price: fc.bigInt(0n, 9n) }),
  },
  { weight: 1, arbitrary: spec('SaleDelisted', { tokenId, seller: person }) },
  {
    weight: 2,
    arbitrary: spec('DeviceSold', {
      tokenId,
      seller: person,
      buyer: person,
      price: fc.bigInt(0n, 9n),
      fee: fc.bigInt(0n, 9n),
    }),
  },
  {
    weight: 2,
    arbitrary: spec('DeviceMetadataSet', {
      tokenId,
      metadataUri: fc.constantFrom('ipfs://y', 'ipfs://z'),
      metadataHash: fc.constant(HASH),
    }),
  },
  { weight: 1, arbitrary: spec('MetadataUpdate', { _tokenId: tokenId }) },
  {
    weight: 1,
    arbitrary: spec('ConsecutiveTransfer', {
      fromTokenId: fc.constant(0n),
      toTokenId: fc.constantFrom(1n, 2n, 2n ** 256n - 1n),
      fromAddress: fc.constantFrom(...PEOPLE, ZERO),
      toAddress: person,
    }),
  },
  {
    weight: 3,
    arbitrary: spec('RecallIssued', {
      recallId,
      modelId,
      issuer: person,
      class: fc.integer({ min: 1, max: 3 }),
      reason: text,
      noticeUri: text,
      noticeHash: fc.constant(HASH),
    }),
  },
  {
    weight: 3,
    arbitrary: spec('RecallScopeAdded', {
      recallId,
      wholeModel: fc.boolean(),
      lots: fc.array(lot, { maxLength: 2 }),
      serials: fc.array(serial, { maxLength: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: spec('RecallUnitResolved', {
      recallId,
      tokenId,
      by: person,
      resolution: fc.integer({ min: 1, max: 6 }),
      note: text,
    }),
  },
  { weight: 1, arbitrary: spec('RecallClosed', { recallId, by: person }) },
)

/** What one block carries. */
export const blockContent: fc.Arbitrary<LogSpec[]> = fc
  .array(anything, { maxLength: 5 })
  .map((groups) => groups.flat())

/**
 * Puts the real holder where a log says so, given who holds what before it; returns who holds what
 * after.
 */
export function play(
  before: ReadonlyMap<string, string>,
  specs: readonly LogSpec[],
): { specs: LogSpec[]; holders: ReadonlyMap<string, string> } {
  const holders = new Map(before)
  const played = specs.map((log): LogSpec => {
    if (log.event !== 'Transfer') return log
    const key = `${log.contract}/${log.args.tokenId}`
    const from = log.args.from === 'holder' ? (holders.get(key) ?? PEOPLE[0]) : log.args.from
    holders.set(key, String(log.args.to))
    return { ...log, args: { ...log.args, from } }
  })
  return { specs: played, holders }
}
