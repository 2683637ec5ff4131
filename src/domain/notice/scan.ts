import { windowAt } from './date-window'
import { elementStringAt } from './element-string'
import { markExclusions } from './exclusion'
import { guardBefore, NO_DEVICE, UNCLEAR } from './guard'
import type { Label } from './labels'
import { ListReader } from './list'
import { isClearMark, isListMark } from './list-mark'
import type { NoticeText } from './notice-text'
import { printedDateAt } from './printed-date'
import { type Statement, statement } from './statement'
import { tableAt } from './table'
import { looksLikeCode } from './value'
import { ALL_OF } from './words'

/** Finds the statements of a notice, in the order of the text. */
export function scanNotice(notice: NoticeText): Statement[] {
  markExclusions(notice)
  const scan = new Scan(notice)
  scan.stretch(0, notice.tokens.length, undefined)
  return scan.statements
}

class Scan {
  readonly statements: Statement[] = []
  constructor(private readonly notice: NoticeText) {}

  stretch(first: number, end: number, withinLot: string | undefined): void {
    let index = first
    while (index < end) index = this.step(index, end, withinLot)
  }

  private step(index: number, end: number, withinLot: string | undefined): number {
    const { notice } = this
    if (isListMark(notice, index)) {
      if (isClearMark(notice, index)) notice.markRead(index, index + 2)
      return index + 2
    }
    return (
      this.table(index, end) ??
      this.elementString(index) ??
      this.all(index) ??
      this.labelled(index, end, withinLot) ??
      this.unlabelledModel(index) ??
      index + 1
    )
  }

  private table(index: number, end: number): number | undefined {
    if (this.notice.exclusion(index) !== undefined) return undefined
    const found = tableAt(this.notice, index)
    if (found === undefined || found.next > end) return undefined
    this.statements.push(...found.statements)
    return found.next
  }

  private elementString(index: number): number | undefined {
    if (this.notice.exclusion(index) !== undefined) return undefined
    const found = elementStringAt(this.notice, index)
    if (found === undefined) return undefined
    this.statements.push(...found.statements)
    return found.next
  }

  private labelled(index: number, end: number, lot: string | undefined): number | undefined {
    const label = this.notice.label(index)
    if (label === undefined) return undefined
    if (label.field === 'expiry' || label.field === 'made') return this.date(label)
    // A UDI in brackets behind the label is read as such at the next step.
    const udi = label.field === 'udiDi' ? this.elementString(label.next) : undefined
    if (udi !== undefined) {
      this.notice.markRead(label.first, label.next)
      this.widen(label)
      return udi
    }
    const inner = this.innerLabel(label)
    const outer = inner ? { ...label, next: inner.next } : label
    const around = {
      notice: this.notice,
      end,
      emit: (found: Statement) => this.emit(found, lot),
      inParentheses: (from: number, to: number, within: string | undefined) =>
        this.stretch(from, to, within),
    }
    const next = new ListReader(around, outer, this.refusal(label), inner?.label).read()
    this.affected(label.first)
    return next
  }

  /** Lets the statement that was found last begin with its label. */
  private widen({ first, next }: Label): void {
    const index = this.statements.findLastIndex((one) => one.first === next)
    const found = this.statements[index]
    if (found !== undefined) this.statements[index] = { ...found, first }
  }

  /** "Affected lots" says no more than "lots". */
  private affected(label: number): void {
    const { notice } = this
    const plain = notice.word(label - 1) === 'affected' && notice.word(label - 2) !== 'not'
    if (plain && notice.isRead(label)) notice.markRead(label - 1, label)
  }

  private emit(found: Statement, withinLot: string | undefined): void {
    this.statements.push(withinLot === undefined ? found : { ...found, withinLot })
  }

  private refusal(label: Label): string | undefined {
    const excluded = this.notice.exclusion(label.first)
    if (excluded !== undefined) return excluded
    if (label.field === 'unclear') return UNCLEAR
    if (label.field === 'other') return NO_DEVICE
    return guardBefore(this.notice, label.first)
  }

  /** `GTIN (Lot Numbers):` says that the list prints lots in parentheses behind GTINs. */
  private innerLabel({ next }: Label): { label: Label; next: number } | undefined {
    const { notice } = this
    const close = notice.word(next) === '(' ? notice.closing(next) : undefined
    const label = close === undefined ? undefined : notice.label(next + 1)
    if (close === undefined || label?.next !== close) return undefined
    return { label, next: notice.word(close + 1) === ':' ? close + 2 : close + 1 }
  }

  /** A date or a span of dates behind its label. */
  private date({ field, first, next: start }: Label): number {
    const { notice } = this
    if (notice.exclusion(first) !== undefined) return start
    const span = windowAt(notice, start)
    const date = printedDateAt(notice.tokens, start)
    const next = span?.next ?? date?.next ?? start
    if (span !== undefined) {
      this.statements.push(statement({ field, window: span.window, first, next }))
    } else if (date !== undefined && guardBefore(notice, first) === undefined) {
      this.statements.push(statement({ field, dates: [date], first, next }))
    } else return start
    notice.markRead(first, next)
    return next
  }

  /** "All lots", "Serial numbers: all"; not "all units with serial numbers …". */
  private all(index: number): number | undefined {
    const { notice } = this
    if (notice.word(index) !== 'all' || notice.exclusion(index) !== undefined) return undefined
    const label = notice.label(index + 1)
    const before = this.valuelessLabel(index)
    const noun = ALL_OF.has(notice.word(index + 1))
    const unit = label?.field === 'lot' || label?.field === 'serial'
    if (!noun && !unit && before === undefined) return undefined
    const next = unit ? label.next : noun ? index + 2 : index + 1
    if (notice.word(next) === 'with' && notice.label(next + 1) !== undefined) return undefined
    const first = before ?? index
    notice.markRead(first, next)
    this.statements.push(statement({ field: 'all', first, next }))
    // The label is left for the list that may follow it.
    return unit ? index + 1 : next
  }

  /** Where the label begins that ends before a token and has no value. */
  private valuelessLabel(end: number): number | undefined {
    for (let first = end - 1; first >= Math.max(0, end - 5); first--) {
      if (this.notice.isRead(first)) return undefined
      const label = this.notice.label(first)
      if (label?.next === end) {
        return label.field === 'lot' || label.field === 'serial' ? first : undefined
      }
    }
    return undefined
  }

  /** `71338734, Lot Numbers: …`: a number where an entry begins, before the label of its lots. */
  private unlabelledModel(index: number): number | undefined {
    const { notice } = this
    const text = notice.shown(index)
    if (notice.reason(index) !== undefined) return undefined
    if (text.length < 4 || text.length > 40 || !looksLikeCode(text)) return undefined
    if (printedDateAt(notice.tokens, index)?.days !== undefined) return undefined
    if (index > 0 && !notice.isRead(index - 1) && !/^[;.]$/.test(notice.word(index - 1))) {
      return undefined
    }
    const next = index + 1
    const label = notice.label(/^[,:-]$/.test(notice.word(next)) ? next + 1 : next)
    if (label?.field !== 'lot' && label?.field !== 'serial') return undefined
    notice.markRead(index, next)
    const found = { values: [text], first: index, next, unlabelled: true }
    this.statements.push(statement({ field: 'model', ...found }))
    return next
  }
}
