import { Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { indexerStatus } from '../../query/indexer-status'
import { ask, type OpenTransaction } from '../ask'

@ObjectType('IndexerStatus')
export class IndexerStatusType {
  @Field(() => Int, {
    nullable: true,
    description: 'Head of the chain; absent when the indexer has not reported for a minute.',
  })
  chainHeight!: number | null

  @Field(() => Int, { description: 'The last block that was read; -1 before the first.' })
  height!: number

  @Field(() => Int, { description: 'Blocks up to this one can no longer be forked away.' })
  finalizedHeight!: number

  @Field(() => Int, {
    nullable: true,
    description: 'Block time of the head of the chain less that of ours.',
  })
  lagSeconds!: number | null

  @Field(() => Boolean, { description: 'The indexer lives and is close to the chain.' })
  ready!: boolean

  @Field(() => Int, { description: 'Logs that did not fit the record.' })
  anomalies!: number
}

@Resolver()
export class IndexerStatusResolver {
  constructor(private readonly transaction: OpenTransaction) {}

  @Query(() => IndexerStatusType, {
    description: 'What is indexed, how far behind the chain it is, and whether it can be trusted.',
  })
  indexerStatus(): Promise<IndexerStatusType> {
    return ask(this.transaction, indexerStatus)
  }
}
