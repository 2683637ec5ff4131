import { Field, Int, ObjectType } from 'type-graphql'
import type {
  NoticeDate,
  NoticeQuote,
  NoticeReading,
  ProposedScope,
  ProposedScopeValues,
} from '../../domain/notice/notice-reading'
import { CalendarDate } from '../calendar-date-scalar'
import { enumType } from './enum-type'

const NoticeDateKindEnum = enumType<NoticeDate['kind']>('NoticeDateKind', {
  EXPIRY: 'Expiry, "use by", "sell by".',
  MANUFACTURE: 'Manufacture or production.',
})

@ObjectType('ProposedScopeValues', {
  description: 'Fields of RecallScopeInput; null where the notice names nothing for one.',
})
export class ProposedScopeValuesType implements ProposedScopeValues {
  @Field(() => [String], {
    nullable: true,
    description: 'UDI-DIs: GTINs with a right check digit, as printed.',
  })
  models!: readonly string[] | null

  @Field(() => [String], { nullable: true, description: 'As printed; a range as A100..A199.' })
  lots!: readonly string[] | null

  @Field(() => [String], { nullable: true, description: 'As printed; a range as A100..A199.' })
  serials!: readonly string[] | null

  @Field(() => CalendarDate, { nullable: true })
  manufacturedFrom!: string | null

  @Field(() => CalendarDate, { nullable: true })
  manufacturedTo!: string | null

  @Field(() => CalendarDate, { nullable: true })
  expiresFrom!: string | null

  @Field(() => CalendarDate, { nullable: true })
  expiresTo!: string | null
}

@ObjectType('NoticeDate', { description: 'A date that the notice prints beside lots or serials.' })
export class NoticeDateType implements NoticeDate {
  @Field(() => NoticeDateKindEnum)
  kind!: NoticeDate['kind']

  @Field(() => String, {
    nullable: true,
    description: 'The one lot or serial that it stands beside; null where it may be several.',
  })
  of!: string | null

  @Field(() => String, { description: 'As in the text.' })
  printed!: string

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Null where only a month is printed, or where two readings are possible.',
  })
  date!: string | null
}

@ObjectType('ProposedScope', {
  description: 'One entry of the notice. Review it, then send `scope` to recallLookup.',
})
export class ProposedScopeType implements ProposedScope {
  @Field(() => ProposedScopeValuesType)
  scope!: ProposedScopeValues

  @Field(() => [String], {
    description: 'Model, catalogue and part numbers. No UDI-DIs: look theirs up, and add them.',
  })
  modelNames!: readonly string[]

  @Field(() => [String], { description: 'Versions of software, which no scope can hold.' })
  versions!: readonly string[]

  @Field(() => [NoticeDateType], { description: 'For the reader; they do not narrow the scope.' })
  dates!: readonly NoticeDate[]

  @Field(() => Boolean, { description: 'The text speaks of all lots, serials or units.' })
  all!: boolean

  @Field(() => String, { description: 'The stretch of the notice that says so.' })
  quote!: string

  @Field(() => Int, { description: 'Its offset in UTF-16 units, from 0.' })
  at!: number

  @Field(() => [String], { description: 'What a person should look at before using the scope.' })
  warnings!: readonly string[]
}

@ObjectType('NoticeQuote', { description: 'A part of the notice that is left to a person.' })
export class NoticeQuoteType implements NoticeQuote {
  @Field(() => String)
  text!: string

  @Field(() => Int, { description: 'Its offset in UTF-16 units, from 0.' })
  at!: number

  @Field(() => String)
  reason!: string
}

@ObjectType('NoticeReading', { description: 'What a recall notice proposes; a person decides.' })
export class NoticeReadingType implements NoticeReading {
  @Field(() => [ProposedScopeType], {
    description: 'In the order of the text, grouped as the notice groups them.',
  })
  scopes!: readonly ProposedScope[]

  @Field(() => [NoticeQuoteType], {
    description: 'Everything else but punctuation. Nothing of the text is dropped silently.',
  })
  notUnderstood!: readonly NoticeQuote[]
}
