import type { Context } from '@subsquid/openreader/lib/context'

/**
 * What a question counts for, however short its answer: aliases could otherwise ask it a thousand
 * times.
 */
const QUESTION_NODES = 1_000

/**
 * Counts a question against the size limit of the response, before it is put.
 *
 * @param rows as many as the answer can have
 * @throws an error that the edge reports as RESPONSE_TOO_LARGE
 */
export function spendQuestion({ openreader }: Context, rows = 0): void {
  openreader.responseSizeLimit?.check(() => Math.max(rows, QUESTION_NODES))
}
