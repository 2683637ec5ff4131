import { calendarDate } from '../domain/calendar-date'
import type { Flaw } from '../domain/chain-event'

/**
 * Longest serial, lot, UDI-DI or GLN: ten times what GS1 allows, and far below the 2,704 bytes of
 * an index row.
 */
const CODE_LENGTH_MAX = 200
/**
 * Longest name, reason or URI. A log may carry a megabyte; nobody reads it, and the chain keeps it.
 */
const PROSE_LENGTH_MAX = 4_000

/**
 * Makes what one log says fit for the database, and remembers what had to be changed. PostgreSQL
 * refuses NUL in text, and half a surrogate pair in JSON: one hostile log would stop the indexer at
 * its block for ever.
 */
export class Storable {
  readonly flaws: Flaw[] = []

  /** A serial, lot, UDI-DI or GLN. */
  code(field: string, text: string): string {
    return this.text(field, text, CODE_LENGTH_MAX)
  }

  /** A code that may be left out: empty text is absent. */
  optionalCode(field: string, text: string): string | null {
    return text.trim() === '' ? null : this.code(field, text)
  }

  /** A name, reason, note or URI. */
  prose(field: string, text: string): string {
    return this.text(field, text, PROSE_LENGTH_MAX)
  }

  /** A calendar date written YYYYMMDD, 0 for absent. */
  date(field: string, yyyymmdd: number): string | null {
    const date = calendarDate(yyyymmdd)
    if (date !== undefined) return date
    this.flaws.push({
      code: 'UNREADABLE_DATE',
      message: `${field} is ${yyyymmdd}, expected a calendar date YYYYMMDD or 0; kept as missing.`,
    })
    return null
  }

  private text(field: string, text: string, limit: number): string {
    let kept = text.toWellFormed().replaceAll('\0', '\uFFFD')
    // The decoder puts the same mark where bytes are no UTF-8: two texts may have become one.
    if (kept.includes('\uFFFD')) {
      this.flaw(`${field} holds characters that cannot be stored; each is kept as \uFFFD.`)
    }
    if (kept.length > limit) {
      this.flaw(`${field} has ${text.length} characters, at most ${limit} are kept.`)
      // A copy: a part of a text would keep all of it in memory.
      kept = Buffer.from(kept.slice(0, limit)).toString()
    }
    return kept
  }

  private flaw(message: string): void {
    this.flaws.push({ code: 'TEXT_ALTERED', message })
  }
}
