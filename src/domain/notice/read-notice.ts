import { callerError } from '../errors'
import { groupStatements } from './group'
import { notUnderstood } from './not-understood'
import type { NoticeReading } from './notice-reading'
import { NoticeText } from './notice-text'
import { proposeScopes } from './propose'
import { scanNotice } from './scan'

/** UTF-16 units; the longest texts of openFDA's `code_info` have about a third of it. */
export const NOTICE_LENGTH_MAX = 100_000

/**
 * Reads the free text of a recall notice into proposed scopes. It proposes and a person decides:
 * nothing is guessed, and every part that is not understood is quoted back. A lot that is read
 * wrongly is worse than one that is left unread.
 *
 * @throws ARGUMENT_OUT_OF_RANGE the text is longer than `NOTICE_LENGTH_MAX`; nothing else
 */
export function readNotice(text: string): NoticeReading {
  if (text.length > NOTICE_LENGTH_MAX) {
    throw callerError(
      'ARGUMENT_OUT_OF_RANGE',
      `text has ${text.length} characters.`,
      `Expected at most ${NOTICE_LENGTH_MAX}; send the notice in several parts.`,
    )
  }
  const notice = new NoticeText(text)
  const groups = groupStatements(notice, scanNotice(notice))
  const scopes = groups.flatMap((group, index) =>
    proposeScopes(notice, group, {
      from: groups[index - 1]?.next ?? 0,
      to: groups[index + 1]?.first ?? notice.tokens.length,
    }),
  )
  return { scopes, notUnderstood: notUnderstood(notice) }
}
