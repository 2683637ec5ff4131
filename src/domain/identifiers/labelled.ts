import { gtinProblem, inFourteenDigits } from './gtin'
import type { IdentifierReader } from './identifier'
import { keysOf, serialKeys } from './lookup-keys'
import { fault, note, type Problem } from './problem'

type Label = 'serial' | 'lot' | 'model' | 'udiDi'

const LABELS: ReadonlyMap<string, Label> = new Map([
  ['#', 'serial'],
  ['s/n', 'serial'],
  ['serial', 'serial'],
  ['sn', 'serial'],
  ['batch', 'lot'],
  ['lot', 'lot'],
  ['catalog', 'model'],
  ['model', 'model'],
  ['ref', 'model'],
  ['reference', 'model'],
  ['gtin', 'udiDi'],
  ['udi-di', 'udiDi'],
])
/** `No.` belongs to the label before it; without one it stands for a serial. */
const NUMBER = /^(?:no|number)$/i
/** A label, the marks behind it, and a value that may follow without a blank. */
const WORD = /^([a-z/-]+|#)([.:#=]*)(.*)$/i
/** Reports on gems: who issued them, and the number. */
const REPORT = /^(GIA|IGI|HRD|AGS) (\d{6,12})$/i

/**
 * What people write in front of an identifier: `SN 12345`, `Lot No. 13F18`, `Ref. 57/1A No. 7F3K`.
 * Serials may begin like that on record too, so that a lone one is looked up with its label as
 * well.
 */
export const readLabelled: IdentifierReader = (text) => {
  const [, issuer, number] = REPORT.exec(text) ?? []
  if (issuer !== undefined && number !== undefined) {
    const details = { issuer: issuer.toUpperCase() }
    const keys = serialKeys(number, text)
    return { syntax: 'LABELLED', serial: number, details, problems: [], keys }
  }
  const stated = statedValues(text)
  if (stated === undefined) return undefined
  const problems: Problem[] = []
  const found: Partial<Record<Label, string>> = {}
  for (const { label, value, at } of stated) {
    const broken = label === 'udiDi' ? gtinProblem(value) : undefined
    if (value === '') problems.push(fault('EMPTY_VALUE', at, `no ${label} behind its label`))
    if (broken !== undefined) problems.push(fault('BAD_CHECK_DIGIT', at, broken))
    if (found[label] !== undefined) {
      problems.push(fault('DUPLICATE_ELEMENT', at, `${label} is stated twice`))
    }
    found[label] ??= value
  }
  const { model, ...fields } = found
  if (model !== undefined) {
    problems.push(note('NOT_USED', null, `model "${model}" is not used: it is no UDI-DI`))
  }
  const udiDi = fields.udiDi === undefined ? null : inFourteenDigits(fields.udiDi)
  const lone = stated.length === 1 ? fields.serial : undefined
  return {
    syntax: 'LABELLED',
    ...fields,
    udiDi,
    details: model === undefined ? {} : { model },
    problems,
    keys: lone === undefined ? keysOf({ ...fields, udiDi }) : serialKeys(lone, text),
  }
}

interface Stated {
  readonly label: Label
  readonly value: string
  /** Where the value begins, counted from 1. */
  readonly at: number
}

/** Undefined where the text does not begin with a label, or is nothing but one. */
function statedValues(text: string): Stated[] | undefined {
  const stated: { label: Label; words: string[]; at: number }[] = []
  let at = 1
  for (const word of text.split(' ')) {
    const last = stated.at(-1)
    const [, name = '', marks = '', rest = ''] = WORD.exec(word) ?? []
    const label = labelOf(name, marks, last === undefined || last.words.length > 0)
    if (label !== undefined && (rest === '' || marks !== '' || name === '#')) {
      const words = rest === '' ? [] : [rest]
      stated.push({ label, words, at: at + word.length - rest.length })
    } else if (last === undefined) {
      return undefined
    } else if (word !== '' && !(last.words.length === 0 && NUMBER.test(name) && rest === '')) {
      if (last.words.length === 0) last.at = at
      last.words.push(word)
    }
    at += word.length + 1
  }
  if (stated.every(({ words }) => words.length === 0)) return undefined
  return stated.map(({ label, words, at: place }) => ({
    label,
    value: words.join(' ').replace(/[,;]$/, ''),
    at: place,
  }))
}

function labelOf(name: string, marks: string, begins: boolean): Label | undefined {
  if (NUMBER.test(name)) return begins && marks !== '' ? 'serial' : undefined
  return LABELS.get(name.toLowerCase())
}
