import { describe, expect, it } from 'vitest'
import { dayOfYear, gs1Date } from '../../src/domain/identifiers/label-date'

describe('gs1Date', () => {
  it.each([
    ['260200', 2026, '2026-02-28'],
    ['280200', 2026, '2028-02-29'],
    ['261200', 2026, '2026-12-31'],
    ['760101', 2026, '2076-01-01'],
    ['770101', 2026, '1977-01-01'],
    ['990101', 2026, '1999-01-01'],
    ['100101', 2060, '2110-01-01'],
    ['110101', 2060, '2011-01-01'],
    ['500101', 2099, '2050-01-01'],
    ['490101', 2099, '2149-01-01'],
  ])('reads %s in %i as %s', (text, year, date) => {
    expect(gs1Date(text, year)).toEqual({ date })
  })

  it.each(['', '26010', '2601011', '261301', '260001', '260230', '2601 1'])(
    'refuses %j',
    (text) => {
      expect(gs1Date(text, 2026).fault).toMatch(/^BAD_DATE/)
    },
  )
})

describe('dayOfYear', () => {
  it.each([
    [2020, 1, '2020-01-01'],
    [2020, 60, '2020-02-29'],
    [2021, 60, '2021-03-01'],
    [2020, 366, '2020-12-31'],
  ])('of %i, the %i-th, is %s', (year, n, date) => {
    expect(dayOfYear(year, n)).toEqual({ date })
  })

  it.each([0, 366, 999])('2021 has no day %i', (n) => {
    expect(dayOfYear(2021, n).fault).toBe('BAD_DATE_DAY')
  })
})
