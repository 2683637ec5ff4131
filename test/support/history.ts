import fc from 'fast-check'
import { type LogSpec, ONE, TWO } from './chain'

/**
 * Random logs in a world so small that everything meets: four people, few tokens in two contracts,
 * two models with one UDI-DI in each, few lots and serials, two recalls. Some units and recalls are
 * made as a sound contract makes them, and most moves are made by the holder; some are not, and
 * other things that no sound contract would emit occur as well.
 */

const ZERO = `0x${'0'.repeat(40)}`
const PEOPLE = ['a1', 'a2', 'a3', 'a4'].map((end) => `0x${end.padStart(40, '0')}`)
const HASH = `0x${'ab'.repeat(32)}`

const person = fc.constantFrom(...PEOPLE)
const contract = fc.constantFrom(ONE, ONE, TWO)
const tokenId = fc.constantFrom(0n, 1n, 2n, 3n, 10n, 2n ** 256n - 1n)
const modelId = fc.constantFrom(1n, 2n)
const recallId = fc.constantFrom(1n, 2n)
// A serial may look like a device id or a lot, and may hold what cannot be stored.
const serial = fc.constantFrom('S1', 's1', 'S2', 'S3', 'S-4', '', 'one-1', 'L1', 'S\0')
const udiDi = fc.constantFrom('09506000134352', '9506000134352', 'CSQU', '', ' ')
const lot = fc.constantFrom('L1', 'L2', 'l2 ', '')
// Blocks are of 2026-01-01.
const date = fc.constantFrom(0, 20260131, 20260101, 20251231, 20251231, 20260231)
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

interface Mint {
  contract: string
  tokenId: bigint
  to: string
  modelId: bigint
  manufacturer: string
  unit: Record<string, unknown>
}

/** The logs of a mint as the reference contract emits them: the Transfer, then the identity. */
function mintLogs(m: Mint): LogSpec[] {
  return [
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
  ]
}

const mint = fc
  .record({ contract, tokenId, to: person, modelId, manufacturer: person, unit: fc.record(unit) })
  .map(mintLogs)

/** Tokens that begin soundly; nothing but another mint of one disturbs it. */
const soundTokenId = fc.constantFrom(4n, 5n, 6n, 7n)

/** The life of a unit of an approved model, from its mint by the manufacturer of the model on. */
const soundUnit = fc
  .record({
    contract,
    tokenId: soundTokenId,
    modelId,
    udiDi,
    unit: fc.record(unit),
    holders: fc.array(person, { maxLength: 2 }),
    end: fc.constantFrom('held', 'sold', 'under way', 'burned'),
  })
  .map(({ contract, tokenId, modelId, udiDi, unit, holders, end }): LogSpec[] => {
    const maker = PEOPLE[Number(modelId)] ?? ZERO
    const log = (event: string, args: Record<string, unknown>) => ({ contract, event, args })
    const metadata = { metadataUri: '', metadataHash: HASH }
    const logs = [
      log('ModelSubmitted', { modelId, manufacturer: maker, udiDi, name: 'Lead', ...metadata }),
      log('ModelApproved', { modelId, regulator: ZERO }),
      ...mintLogs({
        contract,
        tokenId,
        to: maker,
        modelId,
        manufacturer: maker,
        unit: { ...unit, serial: `U${tokenId}` },
      }),
    ]
    let from = maker
    for (const to of holders) {
      logs.push(log('Transfer', { from, to, tokenId }))
      from = to
    }
    if (end === 'sold') {
      const [buyer = ZERO] = PEOPLE
      logs.push(log('Transfer', { from, to: buyer, tokenId }))
      logs.push(log('DeviceSold', { tokenId, seller: from, buyer, price: 5n, fee: 1n }))
    }
    if (end === 'burned') logs.push(log('Transfer', { from, to: ZERO, tokenId }))
    if (end === 'under way') logs.push(log('HandoffStarted', { tokenId, from, to: maker }))
    return logs
  })

/** A recall with its scope, as the reference contract emits them. */
const soundRecall = fc
  .record({
    contract,
    recallId,
    modelId,
    issuer: person,
    wholeModel: fc.boolean(),
    lots: fc.array(lot, { maxLength: 2 }),
    serials: fc.array(serial, { maxLength: 2 }),
  })
  .map(({ contract, recallId, modelId, issuer, ...scope }): LogSpec[] => {
    const notice = { class: 2, reason: 'battery', noticeUri: '', noticeHash: HASH }
    return [
      { contract, event: 'RecallIssued', args: { recallId, modelId, issuer, ...notice } },
      { contract, event: 'RecallScopeAdded', args: { recallId, ...scope } },
    ]
  })

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
  { weight: 6, arbitrary: mint },
  { weight: 9, arbitrary: soundUnit },
  { weight: 2, arbitrary: soundRecall },
  { weight: 14, arbitrary: move },
  { weight: 6, arbitrary: handoff },
  { weight: 4, arbitrary: model },
  {
    weight: 3,
    arbitrary: spec('ModelSubmitted', {
      modelId,
      manufacturer: person,
      udiDi,
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
  { weight: 2, arbitrary: spec('RecallClosed', { recallId, by: person }) },
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
