import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { blockTime } from '../support/ledger-database'
import type { LedgerRows } from '../support/ledger-rows'
import { CLINIC, fiveUnits, GTIN, HOSPITAL, MAKER } from './five-units'
import { RunningApi } from './running-api'

// The logger reads it when it is loaded.
vi.hoisted(() => {
  process.env.SQD_DEBUG = 'test:sql'
})

const INSTANT = expect.stringMatching(/^2026-01-01T00:[24]0:00/)
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

describe('entities in answers', () => {
  it('have all fields, aliases and relations of the generated queries', async () => {
    const { custodyChain } = await api.data(`{
      custodyChain(deviceId: "demo-2") {
        asOf { height timestamp finalized }
        unit: device {
          key: id
          type: model { gtin: udiDi made: devices(limit: 2, orderBy: id_ASC) { id } }
          holder: owner { name }
        }
        periods {
          holder: owner { label: name id }
          who: owner { held: custody(limit: 9, orderBy: id_ASC) { id } }
          device { id } number until
        }
        anomalies { code device { id } }
      }
    }`)
    expect(custodyChain).toEqual({
      asOf: { height: 50, timestamp: blockTime(50).toISOString(), finalized: false },
      unit: {
        key: 'demo-2',
        type: { gtin: GTIN, made: [{ id: 'demo-1' }, { id: 'demo-2' }] },
        holder: { name: 'Hospital' },
      },
      periods: [
        {
          holder: { label: 'Maker', id: MAKER },
          who: { held: [1, 2, 3, 4, 5].map((n) => ({ id: `demo-${n}-0` })) },
          device: { id: 'demo-2' },
          number: 0,
          until: INSTANT,
        },
        {
          holder: { label: null, id: CLINIC },
          who: { held: [{ id: 'demo-2-1' }, { id: 'demo-4-1' }] },
          device: { id: 'demo-2' },
          number: 1,
          until: INSTANT,
        },
        {
          holder: { label: 'Hospital', id: HOSPITAL },
          who: {
            held: [{ id: 'demo-1-1' }, { id: 'demo-2-2' }, { id: 'demo-3-1' }, { id: 'demo-5-1' }],
          },
          device: { id: 'demo-2' },
          number: 2,
          until: null,
        },
      ],
      anomalies: [{ code: 'MOVE_WHILE_LOCKED', device: { id: 'demo-2' } }],
    })
  })

  it('show no end of a period that ended after the block of the answer', async () => {
    const { custodyChain } = await api.data(`{
      custodyChain(deviceId: "demo-2", asOf: { block: 39 }) {
        asOf { height } anomalies { id }
        periods { number end: until untilBlock untilLogIndex untilTxHash endedByBurn }
      }
    }`)
    expect(custodyChain).toEqual({
      asOf: { height: 30 },
      anomalies: [],
      periods: [
        {
          number: 0,
          end: '2026-01-01T00:20:00.000000Z',
          untilBlock: 20,
          untilLogIndex: expect.any(Number),
          untilTxHash: expect.any(String),
          endedByBurn: false,
        },
        {
          number: 1,
          end: null,
          untilBlock: null,
          untilLogIndex: null,
          untilTxHash: null,
          endedByBurn: false,
        },
      ],
    })
  })

  it('are loaded with one statement for each selection, however many rows there are', async () => {
    const before = api.logged.filter(({ msg }) => msg === 'sql query').length
    const { recallLookup } = await api.data(`{
      recallLookup(scope: { lots: ["L"] }) {
        units { nodes { device { serial model { name } } holder { name } inTransitTo { id } }
                edges { cursor node { device { id } } } }
        consignees { nodes { owner { name } } }
      }
    }`)
    expect(recallLookup.units.nodes).toHaveLength(5)
    expect(recallLookup.units.nodes[0]).toEqual({
      device: { serial: 'S1', model: { name: 'Model 1' } },
      holder: { name: 'Hospital' },
      inTransitTo: { id: CLINIC },
    })
    const statements = api.logged.filter(({ msg }) => msg === 'sql query').length - before
    expect(statements).toBe(5)
  })

  it('go with typename and fragments', async () => {
    const { verifyDevice } = await api.data(`
      fragment Unit on Device { __typename serial owner { ...Who } }
      fragment Who on Owner { __typename name }
      { verifyDevice(identifier: "S1") {
          __typename device { ...Unit ... on Device { id } } candidates { ...Unit } } }
    `)
    const unit = {
      __typename: 'Device',
      serial: 'S1',
      owner: { __typename: 'Owner', name: 'Hospital' },
    }
    expect(verifyDevice).toEqual({
      __typename: 'DeviceVerification',
      device: { ...unit, id: 'demo-1' },
      candidates: [unit],
    })
  })
})
