import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerRows } from '../support/ledger-rows'
import { fiveUnits, GTIN } from './five-units'
import { RunningApi } from './running-api'

let ledger: LedgerRows
let api: RunningApi

beforeAll(async () => {
  ledger = await fiveUnits()
  api = await RunningApi.start(ledger.url)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
})

const READ = `query ($text: String!) {
  scopeFromNotice(text: $text) {
    scopes {
      scope {
        models lots serials manufacturedFrom manufacturedTo expiresFrom expiresTo
      }
      modelNames versions dates { kind of printed date } all quote at warnings
    }
    notUnderstood { text at reason }
  }
}`

describe('scopeFromNotice', () => {
  it('proposes scopes that recallLookup takes as they are', async () => {
    const model = `Wire guide, Model X1, UDI-DI: ${GTIN}`
    const text = `${model}, Lot: L1, exp. 2030-01-31; Serial Nos. S1 - S3`
    const { scopeFromNotice } = await api.data(READ, { text })
    const open = {
      manufacturedFrom: null,
      manufacturedTo: null,
      expiresFrom: null,
      expiresTo: null,
    }
    expect(scopeFromNotice).toMatchObject({
      scopes: [
        {
          scope: { models: [GTIN], lots: ['L1'], serials: null, ...open },
          modelNames: ['X1'],
          versions: [],
          dates: [{ kind: 'EXPIRY', of: 'L1', printed: '2030-01-31', date: '2030-01-31' }],
          all: false,
          at: 12,
        },
        { scope: { models: [GTIN], lots: null, serials: ['S1..S3'], ...open }, dates: [] },
      ],
      notUnderstood: [{ text: 'Wire guide', at: 0 }],
    })
    const { recallLookup } = await api.data(
      'query ($scope: RecallScopeInput!) { recallLookup(scope: $scope) { inScope } }',
      { scope: scopeFromNotice.scopes[1].scope },
    )
    expect(recallLookup).toEqual({ inScope: 3 })
  })

  it('answers a text without any sense, and an empty one', async () => {
    const { scopeFromNotice } = await api.data(READ, { text: '\u0000)(' })
    expect(scopeFromNotice).toEqual({ scopes: [], notUnderstood: [] })
    expect((await api.data(READ, { text: '' })).scopeFromNotice.scopes).toEqual([])
  })

  it('names the argument that is too long', async () => {
    const { body } = await api.ask(READ, { text: 'x'.repeat(100_001) })
    expect(body.errors).toMatchObject([
      {
        message: expect.stringContaining('text has 100001 characters'),
        extensions: { code: 'ARGUMENT_OUT_OF_RANGE' },
      },
    ])
  })
})
