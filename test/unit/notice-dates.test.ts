import { describe, expect, it } from 'vitest'
import { readNotice } from '../../src/domain/notice/read-notice'

const window = (text: string) => {
  const [first] = readNotice(text).scopes
  if (first === undefined) return undefined
  const { manufacturedFrom, manufacturedTo, expiresFrom, expiresTo } = first.scope
  return { made: [manufacturedFrom, manufacturedTo], expires: [expiresFrom, expiresTo] }
}
const open = [null, null]

describe('a span of days', () => {
  it.each([
    ['All lots manufactured between January 2015 and March 2016', ['2015-01-01', '2016-03-31']],
    ['manufactured from 2015-01-31 to 2016-02-29', ['2015-01-31', '2016-02-29']],
    ['Manufacturing dates: 1 Feb 2015 through Feb 28, 2015', ['2015-02-01', '2015-02-28']],
    ['manufactured before 2015', [null, '2014-12-31']],
    ['manufactured on or before 12/31/2020', [null, '2020-12-31']],
    ['manufactured after 02/2016', ['2016-03-01', null]],
    ['manufactured 2016-03-01 or later', ['2016-03-01', null]],
  ])('has both of its ends in it: %s', (text, made) => {
    expect(window(text)).toEqual({ made, expires: open })
  })

  it('is told apart for expiry and manufacture', () => {
    const text = 'Lot 7, expiration dates 2020-01 through 2020-06'
    expect(window(text)).toEqual({ made: open, expires: ['2020-01-01', '2020-06-30'] })
  })

  it.each([
    ['a day that may be a month', 'expiring before 05/04/2024'],
    ['a year of two digits', 'manufactured before 8/13/07'],
    ['a date that does not exist', 'manufactured before 2015-02-30'],
    ['a span that ends before it begins', 'manufactured between 2016 and 2015'],
    ['days of shipping', 'shipped before 2015-02-01'],
  ])('is not made of %s', (_, text) => {
    const found = window(text)
    expect(found === undefined || found.made.concat(found.expires).every((end) => !end)).toBe(true)
  })
})

describe('a date beside a lot', () => {
  it('is shown, and never narrows the scope', () => {
    const [first] = readNotice('Lot 220706 Exp. 05/04/2024; 221122 Exp 06/27/2024').scopes
    expect(first?.scope).toMatchObject({ lots: ['220706', '221122'], expiresTo: null })
    expect(first?.dates).toEqual([
      { kind: 'EXPIRY', of: '220706', printed: '05/04/2024', date: null },
      { kind: 'EXPIRY', of: '221122', printed: '06/27/2024', date: '2024-06-27' },
    ])
  })

  it('belongs to no lot of several', () => {
    const [first] = readNotice('Lots 12A, 13A, exp. date February 2015').scopes
    expect(first?.dates).toEqual([
      { kind: 'EXPIRY', of: null, printed: 'February 2015', date: null },
    ])
  })
})
