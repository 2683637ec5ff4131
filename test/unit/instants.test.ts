import { describe, expect, it } from 'vitest'
import { readAsOf } from '../../src/client/server/as-of-text'
import { readInstant } from '../../src/domain/instant'

describe('an instant', () => {
  it.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00Z', '2026-01-31T12:00:00.000Z'],
    ['2024-02-29T23:59:59.123456Z', '2024-02-29T23:59:59.123Z'],
    ['2026-03-01T00:30:00+02:00', '2026-02-28T22:30:00.000Z'],
    ['2026-01-31T12:00:00-11:30', '2026-01-31T23:30:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(readInstant(text)?.toISOString()).toBe(instant)
    expect(readAsOf(text)).toEqual({ timestamp: instant })
  })

  it.each([
    '2025-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2025-04-31T00:00:00+02:00',
    '2025-00-10T00:00:00Z',
    '2025-01-31T24:00:00Z',
    '2025-01-31T12:00:60Z',
    '2025-01-31T12:00:00',
    '2025-01-31',
    '2025-01-31T12:00:00+25:00',
    '2025-01-31 12:00:00Z',
    '',
  ])('%s is none', (text) => {
    expect(readInstant(text)).toBeUndefined()
    expect(() => readAsOf(text)).toThrow(/--as-of is .*2026-01-31T14:00:00\+02:00/)
  })
})
