import { describe, expect, it } from 'vitest'
import { type RawError, toldErrors } from '../../src/edge/told-errors'

const SECRET = 'SELECT secret FROM device'
const raw = (code: string, path: string[] = ['a'], message = SECRET): RawError => ({
  message,
  path,
  extensions: { code: 'INTERNAL_SERVER_ERROR', exception: { code, message: SECRET } },
})

const tell = (errors: RawError[], status = 200, databaseGone = false) => {
  const reported: string[] = []
  const told = toldErrors(errors, {
    status,
    databaseGone,
    report: (incident) => reported.push(incident),
  })
  return { told, reported, codes: told.map(({ extensions }) => extensions.code) }
}

describe('toldErrors', () => {
  it.each([
    ['57014', 'QUERY_TIMEOUT'],
    ['57P01', 'DATABASE_UNAVAILABLE'],
    ['08006', 'DATABASE_UNAVAILABLE'],
    ['53300', 'DATABASE_UNAVAILABLE'],
    ['ECONNREFUSED', 'DATABASE_UNAVAILABLE'],
    ['22021', 'BAD_USER_INPUT'],
    ['42P01', 'INTERNAL'],
    ['', 'INTERNAL'],
  ])('an error beneath with code %j is told as %s, without its text', (code, told) => {
    const answer = tell([raw(code)])
    expect(answer.codes).toEqual([told])
    expect(JSON.stringify(answer.told)).not.toContain(SECRET)
  })

  it('a statement that failed after another one has the cause of that one', () => {
    expect(tell([raw('25P02'), raw('57014'), raw('25P02')]).codes).toEqual(
      Array(3).fill('QUERY_TIMEOUT'),
    )
    expect(tell([raw('25P02')]).codes).toEqual(['INTERNAL'])
  })

  it('tells once of a field that fails for each row of a list', () => {
    const row = (n: number, line: number) => ({
      ...raw('57014', ['rows', String(n), 'device']),
      locations: [{ line, column: 1 }],
    })
    const { told } = tell([row(0, 1), row(1, 1), row(0, 2), row(2, 1)])
    expect(told.map(({ path, locations }) => ({ path, locations }))).toEqual([
      { path: ['rows', '0', 'device'], locations: [{ line: 1, column: 1 }] },
      { path: ['rows', '0', 'device'], locations: [{ line: 2, column: 1 }] },
    ])
  })

  it('reports every internal error under the incident that is told, and no other', () => {
    const { told, reported } = tell([raw('42P01'), raw('57014'), raw('XX000')])
    const incidents = told.flatMap(({ extensions }) => extensions.incident ?? [])
    expect(incidents).toHaveLength(2)
    expect(reported).toEqual(incidents)
  })

  it('passes what speaks to the caller, and only its message, place and code', () => {
    const ours = {
      message: 'no',
      path: ['a'],
      locations: [1],
      extensions: { code: 'OURS', remedy: 'caller', exception: { message: SECRET } },
    }
    const validation = {
      message: 'no field',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', exception: { message: SECRET } },
    }
    expect(tell([ours, validation], 400).told).toEqual([
      { message: 'no', path: ['a'], locations: [1], extensions: { code: 'OURS' } },
      { message: 'no field', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ])
  })

  it('an error of ours that is not for the caller is hidden', () => {
    const error = {
      message: SECRET,
      path: ['a'],
      extensions: { code: 'WRONG_CHAIN', remedy: 'human' },
    }
    expect(tell([error]).codes).toEqual(['INTERNAL'])
  })

  it('an error without a place is for the caller before execution only', () => {
    const error = {
      message: 'Must provide operation name',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    }
    expect(tell([error], 400).told).toEqual([
      { message: 'Must provide operation name', extensions: { code: 'BAD_USER_INPUT' } },
    ])
    expect(tell([error], 500).codes).toEqual(['INTERNAL'])
    expect(tell([error], 500, true).codes).toEqual(['DATABASE_UNAVAILABLE'])
  })
})
