import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'
import { DevicetrailCommand } from './devicetrail-command'
import { GTIN } from './five-units'
import { RunningApi } from './running-api'

/**
 * Goal: a recall by people who write no GraphQL, from a pasted notice to a list of consignees, in
 * which nothing is hidden. Method: the built command, a real API, a real database.
 */

const MAKER = party(1)
const DEALER = party(2)
const HOSPITAL = party(3)
const CLINIC = party(4)

let ledger: LedgerRows
let api: RunningApi
let devicetrail: DevicetrailCommand
const folder = mkdtempSync(join(tmpdir(), 'devicetrail-recall-'))

/** Lots PDR-01 (1, 2), PDR-02 (3), PDR-03 (4), one unit without a lot (5), and another lot (6). */
beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.owner(MAKER, 'Maker')
  await ledger.owner(DEALER, '=2+2 Dealers')
  await ledger.owner(HOSPITAL, 'Hospital')
  await ledger.model(1, GTIN, 1)
  const lots = ['PDR-01', 'PDR-01', 'PDR-02', 'PDR-03', null, 'OTHER']
  for (const [n, lot] of lots.entries()) {
    const unit = { at: 10, token: n + 1, model: 1, serial: `S${n + 1}`, lot, manufacturer: MAKER }
    await ledger.mint(unit)
  }
  await ledger.move('demo-1', DEALER, 20)
  await ledger.move('demo-1', HOSPITAL, 30)
  await ledger.move('demo-3', DEALER, 30)
  await ledger.startHandoff('demo-4', MAKER, CLINIC, 30)
  await ledger.recall(1, 'demo-model-1', ['demo-1', 'demo-2'], 40)
  await ledger.head(50, 45)
  await ledger.heartbeat(50)
  api = await RunningApi.start(ledger.url)
  devicetrail = new DevicetrailCommand(api.url)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
  rmSync(folder, { recursive: true })
})

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('a scope on the command line', () => {
  const SCOPE = ['recall', '--model', GTIN, '--lot', 'PDR-01', '--lot', 'PDR-O2']

  it('gives totals, lots and consignees, and ends with 1 for the misspelt lot', async () => {
    const { code, out, err } = await devicetrail.run([...SCOPE, '--format', 'json'])
    expect(JSON.parse(out)).toMatchObject({
      asOf: { asOfBlock: 50 },
      totals: [{ group: 1, inScope: 2, cannotTell: 1, inField: 1, unmatchedValues: 1 }],
      lots: [{ lot: 'PDR-01', units: 2 }],
      unmatched: [{ group: 1, field: 'lots', value: 'PDR-O2' }],
      firstConsignees: [
        { consignee: '=2+2 Dealers', tier: 1, unitsHeld: 0, unitsEverReceived: 1 },
        { consignee: 'Hospital', tier: 2, unitsHeld: 1 },
      ],
    })
    expect(err).toContain('UNMATCHED in group 1: lots "PDR-O2": ')
    expect(err).toContain('CANNOT TELL in group 1: ')
    expect(code).toBe(1)
  })

  it('keeps findings out of the rows but not out of sight', async () => {
    const { out, err } = await devicetrail.run([...SCOPE, '--show', 'units', '--format', 'csv'])
    const rows: Record<string, string>[] = parse(out, { columns: true })
    expect(rows.map(({ match, device, holder }) => [match, device, holder])).toEqual([
      ['IN_SCOPE', 'demo-1', 'Hospital'],
      ['IN_SCOPE', 'demo-2', 'Maker'],
      ['CANNOT_TELL', 'demo-5', 'Maker'],
    ])
    expect(err).toContain('UNMATCHED in group 1')
  })

  it('ends with 0 when nothing is open', async () => {
    const args = ['recall', '--device', 'demo-1', '--as-of', '25', '--format', 'json']
    const { code, out, err } = await devicetrail.run(args)
    expect(JSON.parse(out).firstConsignees).toMatchObject([{ consigneeId: DEALER, unitsHeld: 1 }])
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  it.each([
    ['no scope', ['recall']],
    ['two scopes', [...SCOPE, '--scope', 'x.json']],
  ])('is refused with %s', async (_, args) => {
    const { code, out, err } = await devicetrail.run(args)
    expect({ code, out }).toEqual({ code: 64, out: '' })
    expect(err).toMatch(/^USAGE: .*exactly one of/)
  })

  it.each([
    ['--accept', [...SCOPE, '--accept']],
    ['--show', ['recall', '--issued', 'demo-recall-1', '--show', 'unmatched']],
  ])('does not ignore %s where it says nothing', async (option, args) => {
    const { code, err } = await devicetrail.run(args)
    expect(code).toBe(64)
    expect(err).toContain(option)
  })
})

describe('a scope in a file', () => {
  it('with two groups gives rows of each, in CSV that runs no formula', async () => {
    const scopes = [{ scope: { lots: ['PDR-02'] } }, { scope: { lots: ['PDR-0?'] } }]
    const path = file('two.json', { scopes })
    const args = ['recall', '--scope', path, '--show', 'consignees', '--format', 'csv']
    const { code, out } = await devicetrail.run(args)
    const rows: Record<string, string>[] = parse(out, { columns: true })
    expect(rows.map((row) => [row.group, row.relation, row.consignee, row.tier])).toEqual([
      ['1', 'CONSIGNEE', "'=2+2 Dealers", '1'],
      ['2', 'CONSIGNEE', "'=2+2 Dealers", '1'],
      ['2', 'CONSIGNEE', 'Hospital', '2'],
      ['2', 'INCOMING', 'not in the directory', ''],
    ])
    expect(code).toBe(1) // a unit without a lot
  })

  it.each([
    ['a mistyped field', { scopes: [{ scope: { lot: ['PDR-01'] } }] }, 'lot'],
    ['a scope of nothing', { scopes: [{ scope: {}, quote: 'all lots' }] }, 'all lots'],
    ['a date that is none', { scopes: [{ scope: { expiresTo: '2026-02-30' } }] }, 'expiresTo'],
    ['no scope', { scopes: [] }, 'scopes'],
    ['no JSON', '{', 'JSON'],
  ])('is refused for %s, for it could widen the scope', async (_, content, named) => {
    const { code, out, err } = await devicetrail.run(['recall', '--scope', file('x.json', content)])
    expect({ code, out }).toEqual({ code: 65, out: '' })
    expect(err).toMatch(/^SCOPE_FILE_INVALID: /)
    expect(err).toContain(named)
  })

  it('goes on saying what of the notice nobody has dealt with', async () => {
    const notUnderstood = [{ text: 'and kits', reason: 'no label' }]
    const path = file('open.json', {
      scopes: [{ scope: { deviceIds: ['demo-1'] } }],
      notUnderstood,
    })
    const { code, err } = await devicetrail.run(['recall', '--scope', path, '--format', 'csv'])
    expect(err).toContain('NOT UNDERSTOOD in the notice: "and kits": no label')
    expect(code).toBe(1)
  })
})

describe('a pasted notice', () => {
  const NOTICE = `UDI-DI: ${GTIN}\r\nLot Numbers: PDR-01, PDR-O2, PDR-03\r\n`

  it('is only read at first: nothing is looked up', async () => {
    const { code, out, err } = await devicetrail.run(['recall', '--notice', '-'], NOTICE)
    expect(out).toMatch(/^ +1 +lots +PDR-O2$/m)
    expect(out).not.toContain('Hospital')
    expect(err).toContain('PROPOSAL ONLY')
    expect(code).toBe(1)
  })

  it('becomes a file to check, then a list of consignees that hides no misspelt lot', async () => {
    const proposed = await devicetrail.run(['recall', '--notice', '-', '--propose'], NOTICE)
    expect(JSON.parse(proposed.out).scopes).toMatchObject([
      { scope: { models: [GTIN], lots: ['PDR-01', 'PDR-O2', 'PDR-03'] } },
    ])
    const path = file('scope.json', proposed.out)
    const args = ['recall', '--scope', path, '--show', 'consignees', '--format', 'csv']
    const misspelt = await devicetrail.run(args)
    expect(misspelt.err).toMatch(/UNMATCHED in group 1: lots "PDR-O2": .*PDR-02/)
    const corrected = file('scope.json', proposed.out.replace('PDR-O2', 'PDR-02'))
    const { out, err } = await devicetrail.run([...args.slice(0, 2), corrected, ...args.slice(3)])
    const rows: Record<string, string>[] = parse(out, { columns: true })
    expect(rows.map((row) => [row.consigneeId, row.unitsEverReceived])).toEqual([
      [DEALER, '2'],
      [HOSPITAL, '1'],
      [CLINIC, '0'],
    ])
    expect(err).not.toContain('UNMATCHED in')
  })

  it('is looked up unchecked only when that is asked for, and shown before', async () => {
    const args = ['recall', '--notice', '-', '--accept', '--format', 'json']
    const { code, out, err } = await devicetrail.run(args, NOTICE)
    expect(JSON.parse(out).totals).toMatchObject([{ inScope: 3 }])
    expect(err).toMatch(/PDR-O2.*ACCEPTED UNCHECKED/s)
    expect(code).toBe(1)
  })

  it('that names nothing is refused with what it says', async () => {
    const { code, err } = await devicetrail.run(['recall', '--notice', '-'], 'Please be careful.')
    expect(code).toBe(65)
    expect(err).toMatch(/^NOTICE_WITHOUT_SCOPE: .*be careful/s)
  })
})

describe('an issued recall', () => {
  it('shows how it is going, consignee by consignee', async () => {
    const args = ['recall', '--issued', 'demo-recall-1', '--format', 'json']
    const { code, out, err } = await devicetrail.run(args)
    expect(JSON.parse(out)).toMatchObject({
      progress: { recall: 'demo-recall-1', status: 'OPEN', units: 2, unaccounted: 2 },
      consignees: [{ consigneeId: DEALER }, { consigneeId: HOSPITAL, unitsToFetch: 1 }],
    })
    expect(err).toContain('UNACCOUNTED: 2 units')
    expect(code).toBe(1)
  })

  it('lists the units that are unaccounted for, and where each is', async () => {
    const args = ['recall', '--issued', 'demo-recall-1', '--show', 'units', '--format', 'json']
    const { code, out } = await devicetrail.run(args)
    const { progress, unaccountedUnits } = JSON.parse(out)
    expect(unaccountedUnits).toHaveLength(progress.unaccounted)
    expect(unaccountedUnits).toContainEqual(
      expect.objectContaining({ holderId: HOSPITAL, resolution: 'nothing reported' }),
    )
    expect(code).toBe(1)
  })

  it('that is not on record is an error of the caller', async () => {
    const { code, err } = await devicetrail.run(['recall', '--issued', 'demo-recall-9'])
    expect(code).toBe(65)
    expect(err).toMatch(/^RECALL_NOT_FOUND: /)
  })
})
