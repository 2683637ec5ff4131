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

  @Field(() => [String], { nullable: true, description: 'Exact.' })
  lots?: string[] | null

  @Field(() => [String], { nullable: true, description: 'Exact.' })
  serials?: string[] | null

  @Field(() => CalendarDate, { nullable: true })
  manufacturedFrom?: string | null

  @Field(() => CalendarDate, { nullable: true })
  manufacturedTo?: string | null

  @Field(() => CalendarDate, { nullable: true })
  expiresFrom?: string | null

  @Field(() => CalendarDate, { nullable: true })
  expiresTo?: string | null

  @Field(() => [ID], { nullable: true })
  deviceIds?: string[] | null
}
