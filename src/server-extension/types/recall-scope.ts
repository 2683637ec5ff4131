import { Field, ID, InputType } from 'type-graphql'
import { CalendarDate } from '../calendar-date-scalar'

@InputType('RecallScopeInput', {
  description: 'Different fields narrow (AND); values in one field widen (OR).',
})
export class RecallScopeInput {
  @Field(() => [String], {
    nullable: true,
    description: 'UDI-DI, any GTIN length; or a model id.',
  })
  models?: string[] | null

  @Field(() => [String], {
    nullable: true,
    description:
      'Exact, with * for any run of characters and ? for one, or a range A100..A199 of numbers ' +
      'with the same prefix and width.',
  })
  lots?: string[] | null

  @Field(() => [String], {
    nullable: true,
    description: 'Exact, with * and ?, or a range, as lots.',
  })
  serials?: string[] | null

  @Field(() => CalendarDate, { nullable: true, description: 'First day, included.' })
  manufacturedFrom?: string | null

  @Field(() => CalendarDate, { nullable: true, description: 'Last day, included.' })
  manufacturedTo?: string | null

  @Field(() => CalendarDate, { nullable: true, description: 'First day, included.' })
  expiresFrom?: string | null

  @Field(() => CalendarDate, { nullable: true, description: 'Last day, included.' })
  expiresTo?: string | null

  @Field(() => [ID], { nullable: true })
  deviceIds?: string[] | null
}
