import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activity } from '../../src/query/activity'
import { bucketEdges, type Interval } from '../../src/query/activity/buckets'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

const [MAKER, HOSPITAL] = [party(1), party(2)]
/** Blocks come every minute from 2026-01-01, a Thursday. */
const HOUR = 60
const DAY = 24 * HOUR
let ledger: LedgerRows

beforeAll(async () => {
  ledger = await LedgerRows.open()
  const lead = await ledger.model(1, '09506000134352', 1)
  await ledger.model(2, '09506000134369', 1)
  const mint = (token: number, model: number, at: number) =>
    ledger.mint({ at, token, model, manufacturer: MAKER })
  await mint(1, 1, HOUR)
  await mint(2, 1, 2 * HOUR - 1)
  await mint(3, 2, 2 * HOUR)
  await ledger.move('demo-1', HOSPITAL, 2 * HOUR)
  await ledger.move('demo-2', HOSPITAL, 2 * HOUR)
  await ledger.recall(1, lead, ['demo-1', 'demo-2'], DAY)
  await ledger.burn('demo-3', 4 * DAY)
  await ledger.burn('demo-1', 32 * DAY)
  await ledger.head(33 * DAY)
})
afterAll(() => ledger?.close())

const at = (text: string) => new Date(`2026-${text}Z`)
const counts = async (interval: Interval, from: string, to: string, modelId?: string) =>
  (await activity(ledger.sql, { interval, from: at(from), to: at(to), modelId })).map((b) => [
    b.start.toISOString().slice(5, 13),
    b.mints,
    b.transfers,
    b.recalls,
    b.recalledUnits,
    b.decommissions,
  ])

describe('activity', () => {
  it('puts a block on the hour into the hour that begins', async () => {
    expect(await counts('HOUR', '01-01T00:00', '01-01T04:00')).toEqual([
      ['01-01T00', 0, 0, 0, 0, 0],
      ['01-01T01', 2, 0, 0, 0, 0],
      ['01-01T02', 1, 2, 0, 0, 0],
      ['01-01T03', 0, 0, 0, 0, 0],
    ])
  })

  it('lists buckets in which nothing happened', async () => {
    expect(await counts('DAY', '01-01T00:00', '01-06T00:00')).toEqual([
      ['01-01T00', 3, 2, 0, 0, 0],
      ['01-02T00', 0, 0, 1, 2, 0],
      ['01-03T00', 0, 0, 0, 0, 0],
      ['01-04T00', 0, 0, 0, 0, 0],
      ['01-05T00', 0, 0, 0, 0, 1],
    ])
  })

  it('begins weeks on Monday and months on the first, cut at both ends of the window', async () => {
    expect(await counts('WEEK', '01-01T02:00', '01-13T00:00')).toEqual([
      ['01-01T02', 1, 2, 1, 2, 0],
      ['01-05T00', 0, 0, 0, 0, 1],
      ['01-12T00', 0, 0, 0, 0, 0],
    ])
    expect(await counts('MONTH', '01-05T00:00', '02-03T00:00')).toEqual([
      ['01-05T00', 0, 0, 0, 0, 1],
      ['02-01T00', 0, 0, 0, 0, 1],
    ])
  })

  it('of a model counts its units and recalls only', async () => {
    const month = ['01-01T00:00', '03-01T00:00'] as const
    expect(await counts('MONTH', ...month, 'demo-model-1')).toEqual([
      ['01-01T00', 2, 2, 1, 2, 0],
      ['02-01T00', 0, 0, 0, 0, 1],
    ])
    expect(await counts('MONTH', ...month, 'demo-model-2')).toEqual([
      ['01-01T00', 1, 0, 0, 0, 1],
      ['02-01T00', 0, 0, 0, 0, 0],
    ])
  })

  it('says which buckets the record does not reach the end of', async () => {
    const days = await activity(ledger.sql, {
      interval: 'DAY',
      from: at('02-02T00:00'),
      to: at('02-05T00:00'),
    })
    expect(days.map(({ complete }) => complete)).toEqual([true, false, false])
  })

  it('of times before and after everything is nothing', async () => {
    const bucket = (from: Date, to: Date) =>
      activity(ledger.sql, { interval: 'MONTH', from, to }).then(([first]) => first?.mints)
    expect(await bucket(new Date('0001-01-01'), new Date('0001-01-02'))).toBe(0)
    expect(await bucket(new Date('9999-12-30'), new Date('9999-12-31'))).toBe(0)
  })

  it.each<[string, Interval, Date, Date, string?]>([
    ['ARGUMENT_OUT_OF_RANGE', 'DAY', at('01-02T00:00'), at('01-02T00:00')],
    ['ARGUMENT_OUT_OF_RANGE', 'DAY', at('01-02T00:00'), at('01-01T00:00')],
    ['ARGUMENT_OUT_OF_RANGE', 'DAY', at('never'), at('01-01T00:00')],
    ['ARGUMENT_OUT_OF_RANGE', 'HOUR', at('01-01T00:00'), at('02-11T16:01')],
    ['ARGUMENT_OUT_OF_RANGE', 'HOUR', new Date('0001-01-01'), new Date('9999-01-01')],
    ['ARGUMENT_OUT_OF_RANGE', 'HOUR', new Date(-8.64e15), new Date(1 - 8.64e15)],
    ['ARGUMENT_OUT_OF_RANGE', 'HOUR', new Date(8.64e15 - 1), new Date(8.64e15)],
    ['MODEL_ID_INVALID', 'DAY', at('01-01T00:00'), at('01-02T00:00'), 'demo-1'],
    ['MODEL_ID_INVALID', 'DAY', at('01-01T00:00'), at('01-02T00:00'), '\0'],
    ['MODEL_ID_INVALID', 'DAY', at('01-01T00:00'), at('01-02T00:00'), `a-model-${'9'.repeat(999)}`],
    ['MODEL_NOT_FOUND', 'DAY', at('01-01T00:00'), at('01-02T00:00'), 'demo-model-9'],
  ])('refuses with %s: %s from %o to %o', async (code, interval, from, to, modelId) => {
    const asked = activity(ledger.sql, { interval, from, to, modelId })
    await expect(asked).rejects.toMatchObject({ code })
  })

  it('takes exactly a thousand buckets, and says how many are too many', async () => {
    const from = at('01-01T00:00')
    const hours = (count: number) => new Date(from.getTime() + count * 3_600_000)
    const edges = bucketEdges('HOUR', { from, to: hours(1_000) })
    expect(edges).toHaveLength(1_001)
    expect(() => bucketEdges('HOUR', { from, to: hours(1_001) })).toThrow('has 1001 buckets')
  })
})
