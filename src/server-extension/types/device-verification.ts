import { Field, InputType, Int, ObjectType } from 'type-graphql'
import type { Verdict } from '../../query/verify-device/finding'
import { CalendarDate } from '../calendar-date-scalar'
import { BlockRef } from './as-of'
import { enumType } from './enum-type'

const VerdictEnum = enumType<Verdict>('Verdict', {
  GENUINE: 'Minted under a valid approval that still stands; nothing speaks against it.',
  RECALLED: 'Genuine, under an open recall.',
  DECOMMISSIONED: 'Genuine, taken out of use.',
  EXPIRED: "Genuine, past its expiry on the date of the answer's block (UTC).",
  MISMATCH: 'Found, but a claim differs from the record.',
  SUSPECT:
    'Found, with an anomaly that bears on authenticity; it may be under an open recall as well.',
  AMBIGUOUS: 'Several devices answer to it; all are listed, none is picked.',
  UNKNOWN: 'Well formed, not on record.',
  INVALID: 'Cannot be read as any identifier; problems say why.',
})

@InputType('DeviceClaimsInput', {
  description:
    'What the label or the seller says; checked against the record. Blank text claims nothing.',
})
export class DeviceClaimsInput {
  @Field(() => String, { nullable: true })
  udiDi?: string | null

  @Field(() => String, { nullable: true })
  serial?: string | null

  @Field(() => String, { nullable: true })
  lot?: string | null

  @Field(() => CalendarDate, { nullable: true })
  manufacturedOn?: string | null

  @Field(() => CalendarDate, { nullable: true })
  expiresOn?: string | null

  @Field(() => String, { nullable: true, description: 'Address, or name in the directory.' })
  holder?: string | null
}

@ObjectType('Reason', {
  description: 'A finding, with the log that it rests on, if it rests on one.',
})
export class ReasonType {
  @Field(() => String, { description: 'Stable; programs match on it.' })
  code!: string

  @Field(() => String)
  message!: string

  @Field(() => String, { nullable: true })
  txHash!: string | null

  @Field(() => Int, { nullable: true })
  blockHeight!: number | null

  @Field(() => Int, { nullable: true })
  logIndex!: number | null
}

@ObjectType('ParsedIdentifier', { description: 'What the identifier says, as it says it.' })
export class ParsedIdentifierType {
  @Field(() => String)
  input!: string

  @Field(() => String)
  syntax!: string

  @Field(() => String, { nullable: true })
  udiDi!: string | null

  @Field(() => String, { nullable: true })
  serial!: string | null

  @Field(() => String, { nullable: true })
  lot!: string | null

  @Field(() => CalendarDate, { nullable: true })
  manufacturedOn!: string | null

  @Field(() => CalendarDate, { nullable: true })
  expiresOn!: string | null

  @Field(() => [String], { description: 'What could not be read or was not used, and where.' })
  problems!: string[]
}

@ObjectType('DeviceVerification')
export class DeviceVerificationType {
  @Field(() => VerdictEnum)
  verdict!: Verdict

  @Field(() => [ReasonType], { description: 'Each with the event that it rests on.' })
  reasons!: ReasonType[]

  @Field(() => ParsedIdentifierType)
  parsed!: ParsedIdentifierType

  @Field(() => BlockRef)
  asOf!: BlockRef
}
