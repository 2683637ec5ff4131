import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookupDevices } from '../../src/query/lookup-devices'
import type { Sql } from '../../src/query/sql'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

const MAKER = party(1)
const LEAD = '09506000134352'
const PUMP = '09506000134369'
let ledger: LedgerRows

beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.model(1, LEAD, 1)
  await ledger.model(2, PUMP, 1)
  const unit = (token: number, model: number, lot: string, serial: string) =>
    ledger.mint({ at: 10, token, model, serial, lot, manufacturer: MAKER })
  await unit(1, 1, 'L-1', 'S1')
  await unit(2, 1, 'L-1', 'SAME')
  await unit(3, 2, 'L-2', 'SAME')
  await unit(4, 2, 'L-2', 'L-1')
  await ledger.head(40)
})
afterAll(() => ledger?.close())

const lookup = (...identifiers: string[]) => lookupDevices(ledger.sql, { identifiers })

/** What became of each row, in short. */
const outcomes = async (...identifiers: string[]) =>
  (await lookup(...identifiers)).map(({ outcome, candidateIds }) => [outcome, ...candidateIds])

describe('every row has its outcome, in order', () => {
  it('whatever the rows are', async () => {
    expect(
      await outcomes('nothing', `${LEAD}|S1`, '', 'same', `${PUMP}|SAME`, '(10)L-2', LEAD),
    ).toEqual([
      ['NOT_FOUND'],
      ['MATCHED', 'demo-1'],
      ['INVALID'],
      ['AMBIGUOUS', 'demo-2', 'demo-3'],
      ['MATCHED', 'demo-3'],
      ['AMBIGUOUS', 'demo-3', 'demo-4'],
      ['AMBIGUOUS', 'demo-1', 'demo-2'],
    ])
  })

  it('with its number and its text', async () => {
    expect(await lookup(' s1 ', '\0')).toMatchObject([
      { row: 1, identifier: ' s1 ', deviceId: 'demo-1', candidateCount: 1, duplicateOf: null },
      { row: 2, identifier: '\0', deviceId: null, candidateCount: 0, duplicateOf: null },
    ])
  })

  it('none at all for no row', async () => {
    expect(await lookup()).toEqual([])
  })

  it('an invalid one says why', async () => {
    const [row] = await lookup('(01)09506000134353(21)S1')
    expect(row?.parsed.problems.join()).toContain('check digit')
  })
})

describe('a row that names what an earlier one names', () => {
  it('is a duplicate and shows the device, in whatever syntax', async () => {
    const rows = await lookup('demo-1', 'S2', `${LEAD}|S1`, 's1', `(01)${LEAD}(21)S1`, 'demo-1')
    expect(rows.map(({ duplicateOf }) => duplicateOf)).toEqual([null, null, 1, 1, 1, 1])
    expect(rows[4]).toMatchObject({
      row: 5,
      identifier: `(01)${LEAD}(21)S1`,
      outcome: 'DUPLICATE_ROW',
      deviceId: 'demo-1',
      candidateIds: ['demo-1'],
      parsed: { syntax: 'GS1_ELEMENT_STRING' },
    })
  })

  it('is a duplicate where nothing was found, or too much', async () => {
    const rows = await lookup('nothing', 'SAME', 'NOTHING', 'same')
    expect(rows.map(({ outcome }) => outcome)).toEqual([
      'NOT_FOUND',
      'AMBIGUOUS',
      'DUPLICATE_ROW',
      'DUPLICATE_ROW',
    ])
    expect(rows[3]).toMatchObject({ duplicateOf: 2, candidateIds: ['demo-2', 'demo-3'] })
  })

  it('stays invalid where it cannot be read', async () => {
    expect(await outcomes('', '')).toEqual([['INVALID'], ['INVALID']])
  })
})

describe('a text that may be a lot', () => {
  it('is a serial where one is on record, and the lot is mentioned', async () => {
    const [row] = await lookup('L-1')
    expect(row).toMatchObject({ outcome: 'MATCHED', deviceId: 'demo-4' })
    expect(row?.parsed.problems).toContain(
      'read as a serial; it also names a lot with 2 devices on record',
    )
  })

  it('is a lot where no serial is, and none of its units is picked', async () => {
    const [row] = await lookup('L-2')
    expect(row).toMatchObject({ outcome: 'AMBIGUOUS', deviceId: null, candidateCount: 2 })
    expect(row?.parsed.problems).toContain('names a lot with 2 devices on record, not one unit')
  })
})

describe('limits', () => {
  it('10,000 identifiers take two statements and are told apart', async () => {
    let statements = 0
    const counted: Sql = (text, parameters) => {
      statements++
      return ledger.sql(text, parameters)
    }
    const identifiers = Array.from({ length: 10_000 }, (_, n) => `${LEAD}|X${n}`)
    identifiers[9_999] = 'demo-4'
    const rows = await lookupDevices(counted, { identifiers })
    expect(statements).toBe(2)
    expect(rows).toHaveLength(10_000)
    expect(rows.filter(({ outcome }) => outcome === 'NOT_FOUND')).toHaveLength(9_999)
    expect(rows[9_999]).toMatchObject({ row: 10_000, outcome: 'MATCHED', deviceId: 'demo-4' })
  })

  it('one more is refused by name', async () => {
    await expect(lookup(...Array<string>(10_001).fill('S1'))).rejects.toMatchObject({
      code: 'ARGUMENT_OUT_OF_RANGE',
      message: expect.stringContaining('identifiers has 10001'),
    })
  })

  it('a serial of many models lists the first hundred and counts all', async () => {
    await ledger.sql(`
      INSERT INTO device (id, contract, token_id, model_id, manufacturer_id, serial, lot,
        serial_key, lot_key, period_count, locked, block_height, log_index, "timestamp")
      SELECT 'demo-' || n, 'demo', n, 'demo-model-1', '${MAKER}', 'MANY', 'BIG', 'MANY', 'BIG', 0,
        false, 10, 0, now() FROM generate_series(1000, 1149) AS n`)
    const [serial, lot] = await lookup('many', '(10)BIG')
    expect(serial).toMatchObject({ outcome: 'AMBIGUOUS', candidateCount: 150 })
    expect(serial?.candidateIds).toHaveLength(100)
    expect(lot).toMatchObject({ outcome: 'AMBIGUOUS', candidateCount: 150 })
    expect(lot?.candidateIds).toHaveLength(100)
  })
})
