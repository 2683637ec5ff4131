import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../date-time-scalar'

@InputType('AsOfInput', { description: 'A point on the chain. Exactly one of the two.' })
export class AsOfInput {
  @Field(() => Int, { nullable: true, description: 'End of this block.' })
  block?: number | null

  @Field(() => DateTime, {
    nullable: true,
    description: 'Last block whose timestamp is at or before this instant.',
  })
  timestamp?: Date | null
}

@ObjectType('BlockRef', {
  description:
    'The block an answer is true for: the last one that recorded something at the point asked for.',
})
export class BlockRef {
  @Field(() => Int)
  height!: number

  @Field(() => String)
  hash!: string

  @Field(() => DateTime)
  timestamp!: Date

  @Field(() => Boolean, { description: 'It can no longer be forked away.' })
  finalized!: boolean
}
