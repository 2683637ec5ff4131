import type { Context } from '@subsquid/openreader/lib/context'
import { Arg, Ctx, Query, Resolver } from 'type-graphql'
import type { NoticeReading } from '../../domain/notice/notice-reading'
import { readNotice } from '../../domain/notice/read-notice'
import { tell } from '../ask'
import { spendQuestion } from '../size-limit'
import { NoticeReadingType } from '../types/notice-reading'

@Resolver()
export class ScopeFromNoticeResolver {
  @Query(() => NoticeReadingType, {
    description:
      'Reads the free text of a recall notice into proposed scopes for recallLookup. It ' +
      'proposes, a person decides; what it does not understand is quoted back.',
  })
  async scopeFromNotice(
    @Arg('text', () => String, { description: 'At most 100,000 UTF-16 units.' }) text: string,
    @Ctx() context: Context,
  ): Promise<NoticeReading> {
    spendQuestion(context)
    return tell(() => readNotice(text))
  }
}
