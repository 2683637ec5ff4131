import type { IdentifierReader } from './identifier'
import { fault, type ProblemCode } from './problem'

const SCIENTIFIC = /^\d(?:[.,]\d+)?E\+\d{1,3}$|^\d[.,]\d+E\d{1,3}$/i
const DECIMAL = /^(\d{5,})[.,]0{1,2}$/
const ERROR = /^#(?:N\/A|NAME\?|NULL!|NUM!|REF!|VALUE!|DIV\/0!)$/i
/** What forms and programs write where there is nothing. */
const PLACEHOLDER = /^(?:n\/a|none|null|nan|tbd|unknown|undefined|not (?:applicable|available))$/i

/**
 * What spreadsheets and forms make of identifiers. Digits that are gone cannot be guessed: nothing
 * is looked up.
 */
export const readSpreadsheetDamage: IdentifierReader = (text) => {
  if (SCIENTIFIC.test(text)) {
    const message = `"${text}" is a number that a spreadsheet rounded: digits are lost`
    return damaged('SPREADSHEET_SCIENTIFIC_NOTATION', message)
  }
  const digits = DECIMAL.exec(text)?.[1]
  if (digits !== undefined) {
    const message = `"${text}" is a number that a spreadsheet gave decimals`
    return damaged('SPREADSHEET_DECIMAL', message, digits)
  }
  if (ERROR.test(text)) return damaged('SPREADSHEET_ERROR', `"${text}" is a spreadsheet error`)
  if (!PLACEHOLDER.test(text)) return undefined
  return damaged('NOT_AN_IDENTIFIER', `"${text}" stands for no identifier`)
}

function damaged(code: ProblemCode, message: string, suggestion: string | null = null) {
  const problems = [fault(code, 1, message, suggestion)]
  return { syntax: 'UNREADABLE' as const, problems, keys: [] }
}
