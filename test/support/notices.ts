import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A published recall with a hand-made reading of its text; see test/fixtures/README.md. */
export interface RecallNotice {
  id: string
  codeInfo: string
  shapes: string[]
  expected: ExpectedReading
}

interface Range {
  from: string
  to: string
}

interface ExpectedReading {
  all: boolean
  models: string[]
  udiDis: string[]
  lots: string[]
  serials: string[]
  lotRanges: Range[]
  serialRanges: Range[]
  groups: ExpectedGroup[]
}

export interface ExpectedGroup {
  model?: string
  models?: string[]
  udiDi?: string
  udiDis?: string[]
  lots?: string[]
  serials?: string[]
  pairs?: { lot: string }[]
  lotRanges?: Range[]
  serialRanges?: Range[]
}

const FIXTURE = join(__dirname, '../fixtures/recall-notices.json')

export const NOTICES = JSON.parse(readFileSync(FIXTURE, 'utf8')) as RecallNotice[]

/** The notices from here on were not looked at while the rules were written. */
const HELD_OUT_FROM = 43

export const TUNED = NOTICES.slice(0, HELD_OUT_FROM)
export const HELD_OUT = NOTICES.slice(HELD_OUT_FROM)

export function rangeText({ from, to }: Range): string {
  return `${from}..${to}`
}
