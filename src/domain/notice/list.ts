import { windowAt } from './date-window'
import { ONE_END } from './guard'
import type { LabelField } from './label-table'
import type { Label } from './labels'
import { isListMark } from './list-mark'
import { ListMarks } from './list-marks'
import {
  BLANK_INSIDE,
  isCandidate,
  isListSlash,
  type ListValue,
  listValueAt,
  QUANTITY,
} from './list-value'
import type { NoticeText } from './notice-text'
import { printedDateAt } from './printed-date'
import { type Statement, statement } from './statement'
import { shapeOf } from './value'
import { CONNECTORS } from './words'

/** What a list needs from the reader of the whole text. */
export interface ListSurroundings {
  notice: NoticeText
  /** Index after the last token that may belong to the list. */
  end: number
  /** Takes the statements in order. */
  emit(statement: Statement): void
  /** Reads what stands in parentheses, with the lot before them if there is one. */
  inParentheses(first: number, end: number, withinLot: string | undefined): void
}

/** What stands between two members of a list. */
interface Gap {
  next: number
  /** A comma, a semicolon or a word such as "and". */
  separated: boolean
  /** A semicolon or a line end. */
  strong: boolean
  /** The bullet or the number of an entry. */
  marked: boolean
}

const YEARS = /^(19|20)\d\d(\.\.(19|20)\d\d)?$/

/**
 * Reads the list behind a label: members between commas, blanks and line ends, each perhaps
 * followed by its expiry or by a remark in parentheses. The list ends at the first word that is
 * none of these, for what comes after it may be about something else.
 */
export class ListReader {
  #values: string[] = []
  #first: number
  #last: number
  #begun = false
  #commas = false
  #blanks = 0
  #shape: string | undefined
  #dateShape: string | undefined
  #lot: string | undefined
  #refused: string | undefined
  readonly #marks: ListMarks

  /**
   * @param refusal why no value of this list may be taken
   * @param inner the label of what stands in parentheses: `GTIN (Lot Numbers): A (B), C (D)`
   */
  constructor(
    private readonly around: ListSurroundings,
    private readonly label: Label,
    private readonly refusal: string | undefined,
    private readonly inner?: Label,
  ) {
    this.#first = label.first
    this.#last = label.next
    this.#marks = new ListMarks(around.notice, label.next)
  }

  /** @returns the index after the last token that was used */
  read(): number {
    let index = this.label.next
    for (;;) {
      const gap = this.gapAt(index)
      const next = this.parentheses(gap.next) ?? this.expiry(gap.next) ?? this.member(gap.next, gap)
      if (next === undefined) break
      index = next
    }
    this.flush()
    this.shareRefusal()
    return index
  }

  /** A label whose values are all refused is quoted with them. */
  private shareRefusal(): void {
    const { notice } = this.around
    const { first, next } = this.label
    const reason = this.#refused
    if (reason !== undefined && !notice.isRead(first)) notice.refuse(first, next, reason)
  }

  private gapAt(start: number): Gap {
    const { notice, end } = this.around
    let next = start
    let separated = false
    let strong = false
    for (; next < end && this.connects(next); next++) {
      separated ||= !/^["“”|•]$/.test(notice.word(next))
      strong ||= notice.word(next) === ';'
    }
    const entry = this.#marks.endOfMark(next, this.#begun)
    strong ||= notice.tokens[next]?.line === true
    const marked = entry !== undefined && entry < end
    return { next: marked ? entry : next, separated: separated || marked, strong, marked }
  }

  private connects(index: number): boolean {
    const { notice } = this.around
    // A bar on a line below is of a table that was not read: the column may be another.
    if (notice.word(index) === '|' && this.#marks.isBelow(index)) return false
    return CONNECTORS.has(notice.word(index)) || isListSlash(notice, index)
  }

  private member(index: number, gap: Gap): number | undefined {
    const { notice, end } = this.around
    const { field } = this.label
    if (index >= end || !isCandidate(notice, index, field)) return undefined
    if (notice.label(index) !== undefined || this.marksEntry(index)) return undefined
    if (notice.shown(index + 1) === ':' && field !== 'model' && field !== 'udiDi') return undefined
    if (notice.word(index + 1) === '|' && this.#marks.isBelow(index)) return undefined
    const bulleted = this.#marks.bulleted || gap.marked
    const value = listValueAt(notice, index, field, bulleted)
    if (gap.marked && !this.#begun && this.labelBehind(value.next)) return undefined
    if (!this.fits(index, gap, value)) return undefined
    if (gap.marked) this.#marks.take(index)
    this.take(index, this.checked(value))
    this.#commas ||= gap.separated
    if (this.#begun && !gap.separated) this.#blanks++
    this.#begun = true
    this.#shape = shapeOf(notice.shown(index))
    return value.next
  }

  /** `S/N 12.` is a value and a full stop: no entry begins right behind a label. */
  private marksEntry(index: number): boolean {
    const { notice } = this.around
    const behind = index === this.label.next && notice.tokens[index]?.line !== true
    return !behind && isListMark(notice, index)
  }

  private take(index: number, value: ListValue): void {
    const { notice } = this.around
    if ('problem' in value) {
      notice.refuse(index, value.next, value.problem)
      this.#refused ??= value.problem
      this.#lot = undefined
      if (value.problem === QUANTITY) this.thousands(index)
      return
    }
    if (this.#values.length === 0 && this.#last > this.label.next) this.#first = index
    this.#values.push(value.text)
    notice.markRead(this.label.first, this.label.next)
    notice.markRead(index, value.next)
    this.#last = value.next
    this.#lot = this.label.field === 'lot' ? value.text : undefined
  }

  /** `3,143 units` is one number. */
  private thousands(index: number): void {
    const { notice } = this.around
    const number = /^\d{1,3},\d{3}$/.test(notice.between(index - 2, index + 1))
    if (!number || this.#values.at(-1) !== notice.shown(index - 2)) return
    this.#values.pop()
    notice.refuse(index - 2, index + 1, QUANTITY)
  }

  private checked(value: ListValue): ListValue {
    const { next } = value
    const refusal = this.refusal ?? this.around.notice.exclusion(next - 1)
    if (refusal !== undefined) return { next, problem: refusal }
    if (this.label.bare && 'text' in value && YEARS.test(value.text)) {
      return { next, problem: 'a number, or a year' }
    }
    const open = this.label.from && !this.#begun && 'text' in value && !value.text.includes('..')
    return open ? { next, problem: ONE_END } : value
  }

  /** Whether a candidate is a member of this list rather than the beginning of something else. */
  private fits(index: number, gap: Gap, value: ListValue): boolean {
    const { notice } = this.around
    if (!this.#begun) return true
    const shape = shapeOf(notice.shown(index))
    if (shape === this.#dateShape && !this.beforeExpiry(value.next)) return false
    if (gap.separated && !gap.strong) return true
    const label = this.labelBehind(value.next)
    if (label !== undefined) return this.goesOn(shape, gap, label)
    if (gap.separated || this.label.field === 'udiDi') return true
    const wide = notice.tokens[index]?.wide === true
    if (this.label.field !== 'model' && this.#commas) return shape === this.#shape
    if (wide || (this.label.field !== 'model' && shape.length === this.#shape?.length)) return true
    this.withdraw(index)
    return false
  }

  /**
   * Whether the last value before another label is of this list. It is where the other label is of
   * another kind and the value looks like the one before it; `71338734, Lot Numbers:` names the
   * next entry.
   */
  private goesOn(shape: string, gap: Gap, label: LabelField): boolean {
    if (gap.separated) return shape === this.#shape && label !== this.label.field
    return !this.#commas && this.#blanks > 0 && shape.length === this.#shape?.length
  }

  /** The label of lots or serials that stands behind a value of another such list. */
  private labelBehind(next: number): LabelField | undefined {
    const { notice } = this.around
    if (this.label.field === 'udiDi' || this.label.field === 'model') return undefined
    const skip = /^[,:-]$/.test(notice.word(next)) ? next + 1 : next
    const field = notice.label(skip)?.field
    return field === 'lot' || field === 'serial' || field === 'unclear' ? field : undefined
  }

  private beforeExpiry(next: number): boolean {
    const { notice } = this.around
    const skip = /^[,(]$/.test(notice.word(next)) ? next + 1 : next
    const field = notice.label(skip)?.field
    return field === 'expiry' || field === 'made'
  }

  /** After one value only, a second behind one blank may be the rest of the first. */
  private withdraw(index: number): void {
    if (this.#blanks > 0 || this.#commas || this.#values.length !== 1) return
    this.#values = []
    this.#lot = undefined
    this.around.notice.refuse(this.#last - 1, index + 1, BLANK_INSIDE)
  }

  /** `Lot Number 123 456` may print one lot with a blank; `Lot Numbers 123 456` does not. */
  private withdrawPair(): void {
    const { notice } = this.around
    const { first, next } = this.label
    const plural = notice.tokens.slice(first, next).some(({ word }) => word.endsWith('s'))
    const wide = notice.tokens[this.#last - 1]?.wide === true
    if (plural || wide || this.#commas || this.#blanks !== 1 || this.#values.length !== 2) return
    this.#values = []
    notice.refuse(first, this.#last, BLANK_INSIDE)
  }

  private parentheses(index: number): number | undefined {
    const { notice, end } = this.around
    const close = notice.word(index) === '(' ? notice.closing(index) : undefined
    if (close === undefined || close >= end || !this.#begun) return undefined
    const lot = this.#lot
    this.flush()
    if (this.inner === undefined) this.around.inParentheses(index + 1, close, lot)
    else {
      const label = { ...this.inner, first: index + 1, next: index + 1 }
      new ListReader({ ...this.around, end: close }, label, this.refusal).read()
    }
    this.#dateShape = undefined
    return close + 1
  }

  /** `220706 Exp. 05/04/2024; 221122 Exp. …`: the date belongs to the values before it. */
  private expiry(index: number): number | undefined {
    const { notice, end } = this.around
    if (index >= end || !this.#begun) return undefined
    if (this.label.field !== 'lot' && this.label.field !== 'serial') return undefined
    const label = notice.label(index)
    if (label?.field !== 'expiry' && label?.field !== 'made') return undefined
    const date = printedDateAt(notice.tokens, label.next)
    if (date === undefined || date.next > end) return undefined
    if (windowAt(notice, label.next) !== undefined) return undefined
    this.flush()
    const { field, first } = label
    const { next } = date
    notice.markRead(first, next)
    this.around.emit(statement({ field, dates: [date], first, next, continues: true }))
    this.#last = next
    this.#dateShape = shapeOf(date.printed)
    return next
  }

  private flush(): void {
    this.withdrawPair()
    if (this.#values.length === 0) return
    const { field, next } = this.label
    const continues = this.#first > next
    const [first, last] = [this.#first, this.#last]
    this.around.emit(statement({ field, values: this.#values, first, next: last, continues }))
    this.#values = []
    this.#first = this.#last
  }
}
