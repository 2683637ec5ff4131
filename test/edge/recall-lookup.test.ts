import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerRows } from '../support/ledger-rows'
import { CLINIC, fiveUnits, GTIN, HOSPITAL, MAKER } from './five-units'
import { RunningApi } from './running-api'

let ledger: LedgerRows
let api: RunningApi
beforeAll(async () => {
  ledger = await fiveUnits()
  await ledger.mint({
    at: 12,
    token: 6,
    model: 1,
    serial: 'S6',
    lot: 'M',
    manufacturedOn: '2026-01-02',
    expiresOn: '2027-01-02',
    manufacturer: MAKER,
  })
  await ledger.head(50, 45)
  api = await RunningApi.start(ledger.url)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
})

describe('recallLookup over HTTP', () => {
  it('takes patterns, ranges and windows of dates, and says what each brought', async () => {
    const { recallLookup } = await api.data(`{
      recallLookup(scope: { models: ["${GTIN}"], serials: ["s2..S7", "?1", "S9"] }) {
        inScope cannotTell
        scopeValues { field value units numbersNotOnRecord }
        unmatched { field value reason }
        consignees(tier: 1) { totalCount nodes { owner { id } tier unitsEverReceived unitsHeld } }
      }
    }`)
    expect(recallLookup).toEqual({
      inScope: 6,
      cannotTell: 0,
      scopeValues: [
        { field: 'models', value: GTIN, units: 6, numbersNotOnRecord: null },
        { field: 'serials', value: 's2..S7', units: 5, numbersNotOnRecord: '1' },
        { field: 'serials', value: '?1', units: 1, numbersNotOnRecord: null },
        { field: 'serials', value: 'S9', units: 0, numbersNotOnRecord: null },
      ],
      unmatched: [
        {
          field: 'serials',
          value: 'S9',
          reason: expect.stringMatching(/^no unit on record has this serial; like it are S\d, /),
        },
      ],
      consignees: {
        totalCount: 2,
        nodes: [
          { owner: { id: HOSPITAL }, tier: 1, unitsEverReceived: 4, unitsHeld: 4 },
          { owner: { id: CLINIC }, tier: 1, unitsEverReceived: 2, unitsHeld: 1 },
        ],
      },
    })
  })

  it('answers a window of dates alone, and who it cannot exclude', async () => {
    const scope = '{ manufacturedFrom: "2026-01-02", expiresTo: "2027-01-02" }'
    const { recallLookup } = await api.data(`{
      recallLookup(scope: ${scope}) {
        inScope cannotTell
        units { nodes { device { id } } }
        unmatched { reason }
      }
    }`)
    expect(recallLookup).toEqual({
      inScope: 1,
      cannotTell: 5,
      units: { nodes: [{ device: { id: 'demo-6' } }] },
      unmatched: [],
    })
  })

  it.each([
    ['{ expiresFrom: "2026-02-01", expiresTo: "2026-01-01" }', 'scope.expiresFrom'],
    [`{ lots: [${Array(1_001).fill('"A*"').join(', ')}] }`, 'scope.lots has 1001 patterns'],
  ])('names the argument that is out of bounds', async (scope, named) => {
    const { body } = await api.ask(`{ recallLookup(scope: ${scope}) { inScope } }`)
    expect(body.errors).toMatchObject([
      {
        message: expect.stringContaining(named),
        extensions: { code: 'ARGUMENT_OUT_OF_RANGE' },
      },
    ])
  })

  it('names a tier that is none', async () => {
    const { body } = await api.ask(
      '{ recallLookup(scope: { lots: ["L"] }) { consignees(tier: 0) { totalCount } } }',
    )
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('tier is 0'),
      extensions: { code: 'ARGUMENT_OUT_OF_RANGE' },
    })
  })
})
