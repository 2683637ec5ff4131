import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockTime } from '../support/ledger-database'
import type { LedgerRows } from '../support/ledger-rows'
import { DevicetrailCommand } from './devicetrail-command'
import { CLINIC, fiveUnits, GTIN, HOSPITAL, MAKER } from './five-units'
import { RunningApi } from './running-api'

/** Goal: the commands that ask a server. Method: the built command, a real API, a real database. */

let ledger: LedgerRows
let api: RunningApi
let devicetrail: DevicetrailCommand

beforeAll(async () => {
  ledger = await fiveUnits()
  api = await RunningApi.start(ledger.url)
  devicetrail = new DevicetrailCommand(api.url)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
})

/** The one JSON document that a command wrote. */
async function json(...args: string[]) {
  const { code, out, err } = await devicetrail.run([...args, '--format', 'json'])
  return { code, err, document: JSON.parse(out) }
}

describe('verify', () => {
  it.each([
    ['GENUINE', 0, ['demo-3']],
    ['SUSPECT', 14, ['demo-2']],
    ['MISMATCH', 13, ['demo-3', '--lot', 'OTHER']],
    ['UNKNOWN', 16, ['demo-99']],
    ['INVALID', 17, ['(01)123']],
  ])('ends with the code of the verdict %s', async (verdict, exitCode, args) => {
    const { code, document } = await json('verify', ...args)
    expect(document.answer).toMatchObject({ verdict, asOfBlock: 50 })
    expect(code).toBe(exitCode)
  })

  it('names each reason with its log, and the unit', async () => {
    const { document } = await json('verify', `(01)${GTIN}(21)S2`)
    expect(document.answer).toMatchObject({ device: 'demo-2', serial: 'S2', lot: 'L' })
    expect(document.reasons).toContainEqual(
      expect.objectContaining({ code: 'MOVE_WHILE_LOCKED', block: 40 }),
    )
  })

  it('shows a table to people', async () => {
    const { out } = await devicetrail.run(['verify', 'demo-3'])
    expect(out).toMatch(/^verdict +GENUINE\nopen recalls\nidentifier +demo-3$/m)
    expect(out).toMatch(/^verdict +code +block +log index +message +tx hash$/m)
  })
})

describe('trace', () => {
  it('tells holders in order, with the time that each held it', async () => {
    const { code, document } = await json('trace', `(01)${GTIN}(21)S1`)
    expect(document.custody).toMatchObject([
      { number: 0, holder: 'Maker', holderId: MAKER, held: 600, end: 'passed on' },
      { number: 1, holder: 'Hospital', since: '2026-01-01T00:20:00Z', until: null, held: 1800 },
    ])
    expect(code).toBe(0)
  })

  it('answers for the point that is asked for', async () => {
    for (const point of ['15', blockTime(15).toISOString()]) {
      const { document } = await json('trace', 'demo-1', '--as-of', point)
      expect(document.device.asOfBlock).toBe(10)
      expect(document.custody).toMatchObject([{ holderId: MAKER, end: 'holds it' }])
    }
  })

  it('tells anomalies apart in the exit code', async () => {
    const { code, document } = await json('trace', 'demo-2')
    expect(document.anomalies).toMatchObject([{ code: 'MOVE_WHILE_LOCKED', block: 40 }])
    expect(code).toBe(1)
  })

  it('says why there is nothing to trace', async () => {
    const { code, out, err } = await devicetrail.run(['trace', 'demo-99'])
    expect({ code, out }).toEqual({ code: 16, out: '' })
    expect(err).toContain('UNKNOWN: no device on record')
  })
})

describe('holdings', () => {
  it('lists every device of an owner, and of an owner at a point', async () => {
    const now = await json('holdings', HOSPITAL)
    expect(now.document.holdings.map((row: { device: string }) => row.device)).toEqual([
      'demo-1',
      'demo-2',
      'demo-3',
      'demo-5',
    ])
    expect(now.document.totals).toMatchObject({ devices: 4, asOfBlock: 50 })
    const then = await json('holdings', CLINIC, '--as-of', '30')
    expect(then.document.totals.devices).toBe(2)
  })

  it('passes on what the server says of a wrong address', async () => {
    const { code, out, err } = await devicetrail.run(['holdings', 'hospital'])
    expect({ code, out }).toEqual({ code: 65, out: '' })
    expect(err).toMatch(/^OWNER_ID_INVALID: /)
  })
})

describe('a command that cannot ask', () => {
  it.each([
    ['an unknown command', ['verfy', 'demo-1']],
    ['an unknown option', ['verify', 'demo-1', '--lots', 'L']],
    ['a format that there is not', ['verify', 'demo-1', '--format', 'xml']],
    ['a URL that is none', ['verify', 'demo-1', '--url', 'localhost']],
    ['a date without time zone', ['trace', 'demo-1', '--as-of', '2026-01-31']],
  ])('ends with 64 for %s, which no script takes for an answer', async (_, args) => {
    const { code, out } = await devicetrail.run(args)
    expect({ code, out }).toEqual({ code: 64, out: '' })
  })

  it('ends with 69 when no server is there, and says how to reach one', async () => {
    const nobody = new DevicetrailCommand('http://127.0.0.1:1')
    const { code, err } = await nobody.run(['verify', 'demo-1'])
    expect(code).toBe(69)
    expect(err).toMatch(/^SERVER_UNREACHABLE: http:\/\/127\.0\.0\.1:1\/graphql .*--url/)
  })

  it('ends with 69 when the server is no DeviceTrail', async () => {
    const { code, err } = await devicetrail.run(['verify', 'x', '--url', `${api.url}/health`])
    expect(code).toBe(69)
    expect(err).toMatch(/^SERVER_DIFFERENT: /)
  })

  it('has help with examples and exit codes for every question', async () => {
    for (const command of ['verify', 'trace', 'lookup', 'recall', 'holdings']) {
      const { code, out } = await devicetrail.run([command, '--help'])
      expect(code).toBe(0)
      expect(out).toContain(`Examples:\n  devicetrail ${command} `)
      expect(out).toContain('Exit codes:\n')
    }
  })
})
