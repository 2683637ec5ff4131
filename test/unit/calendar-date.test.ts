import { expect, test } from 'vitest'
import { isCalendarDate } from '../../src/domain/calendar-date'

/** Goal: a date that does not exist is not stored, and none that exists is lost. */

const two = (value: number) => String(value).padStart(2, '0')

/** What the calendar of the platform says. */
function exists(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
}

test.each(['0000', '1900', '2000', '2023', '2024', '2100', '9999'])(
  'every day of %s that the calendar has is a date, and no other',
  (year) => {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const text = `${year}-${two(month)}-${two(day)}`
        expect(`${text}: ${isCalendarDate(text)}`).toBe(`${text}: ${exists(text)}`)
      }
    }
  },
)
