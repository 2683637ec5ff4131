import type { Context } from '@subsquid/openreader/lib/context'
import { PAGE_SIZE_MAX } from '../query/arguments'

/**
 * What a question counts for, however short its answer: aliases could otherwise ask it a thousand
 * times.
 */
const QUESTION_NODES = 4_000

/**
 * Counts a page against the size limit. One that is larger than pages are is let through: the
 * question refuses it by the name of its argument.
 */
export function spendPage(context: Context, first: number): void {
  spendQuestion(context, Math.min(first, PAGE_SIZE_MAX))
}

/**
 * Counts a question against the size limit of the response, before it is put.
 *
 * @param rows as many as the answer can have
 * @throws an error that the edge reports as RESPONSE_TOO_LARGE
 */
export function spendQuestion({ openreader }: Context, rows = 0): void {
  openreader.responseSizeLimit?.check(() => Math.max(rows, QUESTION_NODES))
}
