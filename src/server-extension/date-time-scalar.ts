import { DateTime as GeneratedDateTime } from '@subsquid/graphql-server/lib/scalars'
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { INSTANT_FORM, readInstant } from '../domain/instant'

/**
 * Takes the place of openreader's scalar of this name, also in the filters of entities: that one
 * takes 30 February for 2 March, and no other time zone than UTC.
 */
export const DateTime = new GraphQLScalarType({
  name: 'DateTime',
  description: `An instant in ISO 8601. As an argument: ${INSTANT_FORM}. In answers always in UTC.`,
  serialize: (value) => GeneratedDateTime.serialize(value),
  parseValue: instant,
  parseLiteral: (node) => instant(node.kind === Kind.STRING ? node.value : undefined),
})

function instant(value: unknown): Date {
  const read = typeof value === 'string' ? readInstant(value) : undefined
  if (read !== undefined) return read
  const shown = JSON.stringify(value)?.slice(0, 40) ?? 'what is given'
  throw new GraphQLError(`${shown} is no instant: expected ${INSTANT_FORM}.`)
}
