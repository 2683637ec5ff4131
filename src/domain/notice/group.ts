import { isListMark } from './list-mark'
import type { NoticeText } from './notice-text'
import type { Statement } from './statement'

/** Statements that the notice makes about the same units. */
export class Group {
  statements: Statement[] = []
  /** GTINs that stand between two lists, so that nobody can say which of them they belong to. */
  unclearUdiDis: string[] = []
  /** Words that are not understood stand between a UDI-DI and its lots. */
  wordsWithin = false
  /** Lots, serials, versions or "all" have been named. */
  filled = false
  first: number
  next: number
  readonly #named = new Map<Statement['field'], Set<string>>()

  /** @param udiDiBefore the entry before names a UDI-DI that may hold here too */
  constructor(
    statement: Statement,
    readonly udiDiBefore: boolean,
  ) {
    this.first = statement.first
    this.next = statement.next
    this.join(statement)
  }

  join(statement: Statement): void {
    const { field, values } = statement
    this.statements.push(statement)
    this.filled ||= !isHeader(statement) && !isDate(statement)
    this.first = Math.min(this.first, statement.first)
    this.next = Math.max(this.next, statement.next)
    const known = this.#named.get(field) ?? new Set()
    for (const value of values) known.add(value)
    this.#named.set(field, known)
  }

  names(field: Statement['field']): boolean {
    return this.#named.has(field)
  }

  /** Whether the group has each value of a statement. */
  holds({ field, values }: Statement): boolean {
    return values.every((value) => this.#named.get(field)?.has(value))
  }

  withdrawUdiDis(): void {
    this.unclearUdiDis.push(...(this.#named.get('udiDi') ?? []))
    this.#named.delete('udiDi')
    this.statements = this.statements.filter(({ field }) => field !== 'udiDi')
  }
}

/** What stands between two statements. */
interface Between {
  /** A semicolon, a full stop, a line end or the mark of a list entry. */
  strong: boolean
  /** Words that nothing took. */
  words: boolean
  /** Values that were left out: they are of the name before them. */
  refused: boolean
}

/**
 * Puts the statements of a notice together as the notice does: names before their lots, or lots
 * before their name. Where the order leaves it open, lots go without the UDI-DI rather than with a
 * wrong one: too wide is seen, too narrow is not.
 */
export function groupStatements(notice: NoticeText, statements: readonly Statement[]): Group[] {
  const grouping = new Grouping()
  statements.forEach((statement, index) => {
    const before = statements[index - 1]
    const gap = before ? between(notice, before.next, statement.first) : NOTHING
    const same = statements.slice(index + 1, index + 5).findIndex((next) => !next.sameUdi)
    const parts = statements.slice(index + 1, index + 1 + (same < 0 ? 4 : same))
    grouping.add(statement, gap, parts)
  })
  return grouping.groups
}

const NOTHING: Between = { strong: false, words: false, refused: false }

class Grouping {
  readonly groups: Group[] = []
  /** A name came after lots. */
  #trailing = false
  #trailingUdiDi = false

  /** @param parts what a UDI says besides its UDI-DI */
  add(statement: Statement, gap: Between, parts: readonly Statement[]): void {
    const group = this.groups.at(-1)
    if (group === undefined) this.begin(statement, false)
    else if (statement.sameUdi) group.join(statement)
    else if (isHeader(statement)) this.header(group, statement, gap, parts)
    else this.content(group, statement, gap)
  }

  private header(group: Group, statement: Statement, gap: Between, parts: readonly Statement[]) {
    const { field } = statement
    if (group.holds(statement)) group.join(statement)
    else if (!group.filled) {
      const again = group.names(field) && group.statements.at(-1)?.field !== field
      if (again || gap.refused) this.begin(statement, false)
      else group.join(statement)
    } else if (group.names(field) || gap.strong || !alike(group, parts)) {
      this.begin(statement, false)
    } else {
      group.join(statement)
      this.#trailing = true
      this.#trailingUdiDi ||= field === 'udiDi' && parts.length === 0
    }
  }

  private content(group: Group, statement: Statement, gap: Between): void {
    const dated = isDate(statement) && (statement.continues || !gap.strong)
    if (dated || (statement.continues && !this.#trailing)) return group.join(statement)
    const named = group.names('udiDi')
    if (this.#trailing) {
      // Within one list the name stands in parentheses behind the values that it belongs to.
      const unclear = this.#trailingUdiDi && !gap.strong && !statement.continues
      if (unclear) group.withdrawUdiDis()
      return this.begin(statement, unclear)
    }
    if (group.filled && gap.strong && gap.words) return this.begin(statement, named)
    group.wordsWithin ||= !group.filled && named && gap.words
    group.join(statement)
  }

  private begin(statement: Statement, udiDiBefore: boolean): void {
    this.#trailing = false
    this.#trailingUdiDi = false
    this.groups.push(new Group(statement, udiDiBefore))
  }
}

function isHeader({ field }: Statement): boolean {
  return field === 'udiDi' || field === 'model'
}

function isDate({ field }: Statement): boolean {
  return field === 'expiry' || field === 'made'
}

/** Whether the lots and serials of a UDI are those of the group that it would name. */
function alike(group: Group, parts: readonly Statement[]): boolean {
  return parts.every((part) => isDate(part) || group.holds(part))
}

function between(notice: NoticeText, from: number, to: number): Between {
  const found = { strong: notice.tokens[to]?.line === true, words: false, refused: false }
  for (let index = from; index < to; index++) {
    const token = notice.tokens[index]
    if (token === undefined) break
    if (token.text === ';' || token.text === '.' || token.line) found.strong = true
    if (isListMark(notice, index)) found.strong = true
    if (!notice.isRead(index) && notice.reason(index) !== undefined) found.refused = true
    if (token.kind === 'word' && !notice.isRead(index) && /[A-Za-z]/.test(token.text)) {
      found.words = true
    }
  }
  return found
}
