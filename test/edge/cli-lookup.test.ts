import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerRows } from '../support/ledger-rows'
import { DevicetrailCommand } from './devicetrail-command'
import { fiveUnits, GTIN } from './five-units'
import { RunningApi } from './running-api'

/** Goal: no row of a list is lost. Method: the built command, a real API, a real database. */

let ledger: LedgerRows
let api: RunningApi
let devicetrail: DevicetrailCommand
const folder = mkdtempSync(join(tmpdir(), 'devicetrail-lookup-'))

beforeAll(async () => {
  ledger = await fiveUnits()
  api = await RunningApi.start(ledger.url)
  devicetrail = new DevicetrailCommand(api.url)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
  rmSync(folder, { recursive: true })
})

describe('a list', () => {
  it('is answered row by row, with totals that add up', async () => {
    const rows = [`(01)${GTIN}(21)S1`, 'demo-2', 'NOBODY', '', 'demo-1', '(01)123', 's3', 'nobody']
    const list = ['place;identifier', ...rows.map((each) => `ward 1;${each}`)].join('\r\n')
    const { code, out } = await devicetrail.run(['lookup', '--format', 'json'], list)
    const { rows: answers, totals } = JSON.parse(out)
    expect(
      answers.map((row: Record<string, unknown>) => [row.outcome, row.device, row.duplicateOf]),
    ).toEqual([
      ['MATCHED', 'demo-1', null],
      ['MATCHED', 'demo-2', null],
      ['NOT_FOUND', null, null],
      ['BLANK', null, null],
      ['DUPLICATE_ROW', 'demo-1', 1],
      ['INVALID', null, null],
      ['MATCHED', 'demo-3', null],
      ['DUPLICATE_ROW', null, 3],
    ])
    expect(answers.map(({ identifier }: { identifier: string }) => identifier)).toEqual(rows)
    expect(totals).toEqual({
      rowsRead: 8,
      matched: 3,
      ambiguous: 0,
      notFound: 1,
      invalid: 1,
      duplicateRow: 2,
      blank: 1,
    })
    expect(code).toBe(1)
  })

  it('keeps rows on standard output and totals beside them, and 0 means all matched', async () => {
    const list = join(folder, 'two.txt')
    writeFileSync(list, 'demo-1\ndemo-2\n')
    const { code, out, err } = await devicetrail.run(['lookup', list, '--format', 'csv', '--bom'])
    const [heading, ...rows]: string[][] = parse(out, { bom: true })
    expect(heading?.slice(0, 5)).toEqual(['row', 'identifier', 'outcome', 'device', 'model'])
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ['1', 'demo-1', 'MATCHED', 'demo-1'],
      ['2', 'demo-2', 'MATCHED', 'demo-2'],
    ])
    expect(rows[0]).toContain(`'${GTIN}`)
    expect(err).toMatch(/^rows read +2$/m)
    expect(code).toBe(0)
  })

  it('finds a duplicate also when it comes in another request', async () => {
    const far = Array.from({ length: 12_000 }, (_, n) => `X${n}`)
    const list = ['demo-1', ...far, `(01)${GTIN}(21)S1`, 'demo-1', 'x7'].join('\n')
    const { out } = await devicetrail.run(['lookup', '--format', 'csv'], list)
    const rows: string[][] = parse(out, { from_line: 2 })
    const last = rows.slice(-3).map((row) => [row[2], row.at(-2)])
    expect(last).toEqual([
      ['DUPLICATE_ROW', '1'],
      ['DUPLICATE_ROW', '1'],
      ['DUPLICATE_ROW', '9'],
    ])
  })

  it('can be answered and the answer be looked up again', async () => {
    const first = await devicetrail.run(['lookup', '--format', 'csv'], `(01)${GTIN}(21)S1\n00123\n`)
    const again = await devicetrail.run(['lookup', '--format', 'csv'], first.out)
    expect(again.out).toBe(first.out)
  })

  it('that is broken off says where, for it looks like a shorter list', async () => {
    const list = `identifier\n${'demo-1\n'.repeat(3_000)}"demo-2\n${'X\n'.repeat(100_000)}`
    const { code, out, err } = await devicetrail.run(['lookup', '--format', 'csv'], list)
    expect(code).toBe(65)
    const answered = Number(/^BROKEN OFF: rows after row (\d+) /m.exec(err)?.[1])
    expect(out.trimEnd().split('\r\n')).toHaveLength(1 + answered)
    expect(err).toContain('LIST_UNREADABLE: ')
  })

  it.each([
    ['is empty', ['lookup'], ''],
    ['has a heading only', ['lookup'], 'identifier\n'],
  ])('that %s did not match: it says so', async (_, args, list) => {
    const { code, err } = await devicetrail.run([...args, '--format', 'csv'], list)
    expect(code).toBe(65)
    expect(err).toContain('NO ROWS: ')
  })

  it.each([
    ['has several columns', ['lookup'], 'a,b\n1,2\n', 'COLUMN_UNKNOWN'],
    ['is not there', ['lookup', '/nowhere/list.csv'], '', 'FILE_UNREADABLE'],
    ['is a folder', ['lookup', tmpdir()], '', 'FILE_UNREADABLE'],
  ])('that %s is refused', async (_, args, list, errorCode) => {
    const { code, out, err } = await devicetrail.run([...args, '--format', 'csv'], list)
    expect(code).toBe(65)
    expect(out).not.toContain('MATCHED')
    expect(err).toContain(`${errorCode}: `)
  })
})

describe('a long list', () => {
  const ROWS = 50_000

  function* lines() {
    for (let n = 0; n < ROWS; n++) yield `SERIAL-OF-SOME-LENGTH-${n}\r\n`
  }

  it('takes no more memory the longer it is, and tells how far it is', async () => {
    const child = devicetrail.start(['lookup', '--format', 'csv', '--progress'])
    Readable.from(lines()).pipe(child.stdin)
    let rows = -1 // the heading
    let bytes = 0
    let peak = 0
    child.stdout.on('data', (chunk: Buffer) => {
      rows += chunk.toString().split('\n').length - 1
      bytes += chunk.length
      peak = Math.max(peak, residentBytes(child.pid))
    })
    const err: string[] = []
    child.stderr.on('data', (chunk) => err.push(String(chunk)))
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect({ rows, code }).toEqual({ rows: ROWS, code: 1 })
    expect(bytes).toBeGreaterThan(ROWS * 30)
    expect(err.join('')).toMatch(/^not found +50000$/m)
    expect(peak).toBeLessThan(250 * 2 ** 20)
  }, 120_000)

  it('ends quietly when nobody reads on', async () => {
    const child = devicetrail.start(['lookup', '--format', 'csv'])
    child.stdin.on('error', () => undefined)
    Readable.from(lines()).pipe(child.stdin)
    const err: string[] = []
    child.stderr.on('data', (chunk) => err.push(String(chunk)))
    child.stdout.once('data', () => child.stdout.destroy())
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect({ code, err: err.join('') }).toEqual({ code: 141, err: '' })
  }, 120_000)

  it('is broken off at once by Ctrl-C', async () => {
    const child = devicetrail.start(['lookup', '--format', 'csv'])
    child.stdin.on('error', () => undefined)
    Readable.from(lines()).pipe(child.stdin)
    child.stdout.once('data', () => child.kill('SIGINT'))
    const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)))
    expect(signal).toBe('SIGINT')
  })
})

/** Resident memory of a process, as Linux tells it; 0 elsewhere or when it has ended. */
function residentBytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
