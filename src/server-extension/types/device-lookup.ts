import { Field, Int, ObjectType } from 'type-graphql'
import type { LookupOutcome } from '../../query/lookup-devices/rows'
import type { EntitySet } from '../entity-set'
import { ParsedIdentifierType } from './device-verification'
import { enumType } from './enum-type'

const LookupOutcomeEnum = enumType<LookupOutcome>('LookupOutcome', {
  MATCHED: 'One device answers.',
  AMBIGUOUS: 'Several devices answer, or it names a lot or a model; none is picked.',
  NOT_FOUND: 'Well formed, not on record.',
  INVALID: 'Cannot be read as any identifier; problems say why.',
  DUPLICATE_ROW: 'Names what an earlier row names, in the same words or in others.',
})

@ObjectType('DeviceLookup', { description: 'What became of one identifier.' })
export class DeviceLookupType {
  deviceId!: string | null
  candidateIds!: readonly string[]
  /** Of all rows of the answer. */
  devices!: EntitySet
  candidates!: EntitySet

  @Field(() => Int, { description: 'Counted from 1, in the order of the request.' })
  row!: number

  @Field(() => String)
  identifier!: string

  @Field(() => LookupOutcomeEnum)
  outcome!: LookupOutcome

  @Field(() => Int, { description: 'Devices that answer, also those that are not listed.' })
  candidateCount!: number

  @Field(() => Int, { nullable: true, description: 'The first row that names the same.' })
  duplicateOf!: number | null

  @Field(() => ParsedIdentifierType)
  parsed!: ParsedIdentifierType
}
