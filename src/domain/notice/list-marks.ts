import type { NoticeText } from './notice-text'

/**
 * The marks of a list that has each member on a line of its own: dashes, or numbers that count the
 * lines from 1. A list goes on with the marks that it begins with.
 */
export class ListMarks {
  /** Dashes or stars mark the members. */
  bulleted = false
  #number = 0
  #below = false
  #seen: number

  /** @param start index of the token after the label */
  constructor(
    private readonly notice: NoticeText,
    private readonly start: number,
  ) {
    this.#seen = start - 1
  }

  /**
   * Index after the mark of an entry that stands at a token, if one does.
   *
   * @param begun the list has a member
   */
  endOfMark(index: number, begun: boolean): number | undefined {
    const { notice } = this
    if (this.bulleted || !begun) {
      if (notice.isBullet(index)) return index + 1
    }
    if (notice.tokens[index]?.line !== true || (begun && this.#number === 0)) return undefined
    const counts = notice.word(index) === String(this.#number + 1)
    const mark = notice.tokens[index + 1]
    if (!counts || !mark?.tight || !/^[.)]$/.test(mark.text)) return undefined
    return notice.tokens[index + 2]?.line === false ? index + 2 : undefined
  }

  /** Notes that a marked entry was taken whose value begins at a token. */
  take(value: number): void {
    if (this.notice.isBullet(value - 1)) this.bulleted = true
    else {
      this.#number++
      this.notice.markRead(value - 2, value)
    }
  }

  /** Whether a token stands on a line below that of the label. Ask in the order of the text. */
  isBelow(index: number): boolean {
    for (let at = Math.max(this.#seen + 1, this.start); at <= index; at++) {
      this.#below ||= this.notice.tokens[at]?.line === true
      this.#seen = at
    }
    return this.#below
  }
}
