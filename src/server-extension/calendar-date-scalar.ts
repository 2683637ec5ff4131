import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { isCalendarDate } from '../domain/calendar-date'

/** Text on both sides: as an instant, a date would be another day in half of the world. */
export const CalendarDate = new GraphQLScalarType({
  name: 'Date',
  description: 'A calendar date YYYY-MM-DD (ISO 8601), without time zone.',
  serialize: calendarDate,
  parseValue: calendarDate,
  parseLiteral: (node) => calendarDate(node.kind === Kind.STRING ? node.value : undefined),
})

function calendarDate(value: unknown): string {
  if (typeof value === 'string' && isCalendarDate(value)) return value
  const shown = JSON.stringify(value)?.slice(0, 40) ?? 'no text'
  throw new GraphQLError(`${shown} is no date: expected YYYY-MM-DD, such as "2026-01-31".`)
}
