import type { ProposedScope } from '../../src/domain/notice/notice-reading'
import { readNotice } from '../../src/domain/notice/read-notice'
import { type ExpectedGroup, type RecallNotice, rangeText } from './notices'

/** Identifiers that were read, against those that a careful reader finds. Compared exactly. */
export interface Score {
  right: number
  wrong: number
  missed: number
}

/** What can be found in a notice, as one text each. */
const KINDS = {
  'UDI-DIs': { found: foundUdiDis, expected: ({ expected }: RecallNotice) => expected.udiDis },
  lots: { found: foundLots, expected: ({ expected }: RecallNotice) => expected.lots },
  serials: { found: foundSerials, expected: ({ expected }: RecallNotice) => expected.serials },
  ranges: { found: foundRanges, expected: expectedRanges },
  'model names': { found: foundModels, expected: ({ expected }: RecallNotice) => expected.models },
  'name with its lot or serial': { found: foundLinks, expected: expectedLinks },
  '"all"': {
    found: (scopes: readonly ProposedScope[]) => (scopes.some(({ all }) => all) ? ['all'] : []),
    expected: ({ expected }: RecallNotice) => (expected.all ? ['all'] : []),
  },
} satisfies Record<string, Kind>

interface Kind {
  found: (scopes: readonly ProposedScope[], notice: RecallNotice) => readonly string[]
  expected: (notice: RecallNotice) => readonly string[]
}

export type KindName = keyof typeof KINDS

export const KIND_NAMES: readonly KindName[] = [
  'UDI-DIs',
  'lots',
  'serials',
  'ranges',
  'model names',
  'name with its lot or serial',
  '"all"',
]

/** What a scope sends to recallLookup: a wrong one of these names wrong units. */
export const IDENTIFIERS: readonly KindName[] = ['UDI-DIs', 'lots', 'serials', 'ranges']

/** The score over several notices and kinds. */
export function scoreOf(notices: readonly RecallNotice[], kinds: readonly KindName[]): Score {
  const total: Score = { right: 0, wrong: 0, missed: 0 }
  for (const notice of notices) {
    const { scopes } = readNotice(notice.codeInfo)
    for (const kind of kinds) {
      const found = new Set(KINDS[kind].found(scopes, notice))
      const expected = new Set(KINDS[kind].expected(notice))
      const right = [...found].filter((value) => expected.has(value)).length
      total.right += right
      total.wrong += found.size - right
      total.missed += expected.size - right
    }
  }
  return total
}

/** `1.00` of what was read is right; a dash where nothing was read. */
export function precision({ right, wrong }: Score): string {
  return share(right, right + wrong)
}

/** `0.76` of what is there was read; a dash where nothing is there. */
export function recall({ right, missed }: Score): string {
  return share(right, right + missed)
}

/** Rounded down, so that 1.00 means all. */
function share(part: number, whole: number): string {
  return whole === 0 ? '–' : (Math.floor((part / whole) * 100) / 100).toFixed(2)
}

function foundUdiDis(scopes: readonly ProposedScope[]): string[] {
  return scopes.flatMap(({ scope }) => scope.models ?? [])
}

function foundModels(scopes: readonly ProposedScope[]): string[] {
  return scopes.flatMap(({ modelNames }) => modelNames)
}

function foundLots(scopes: readonly ProposedScope[]): string[] {
  return scopes.flatMap(({ scope }) => scope.lots ?? []).filter((lot) => !isRange(lot))
}

function foundSerials(scopes: readonly ProposedScope[]): string[] {
  return scopes.flatMap(({ scope }) => scope.serials ?? []).filter((serial) => !isRange(serial))
}

function foundRanges(scopes: readonly ProposedScope[]): string[] {
  return scopes
    .flatMap(({ scope }) => [...(scope.lots ?? []), ...(scope.serials ?? [])])
    .filter(isRange)
}

function isRange(value: string): boolean {
  return value.includes('..')
}

function expectedRanges({ expected }: RecallNotice): string[] {
  return [...expected.lotRanges, ...expected.serialRanges].map(rangeText)
}

/** Which name goes with which lot or serial. Counted where the expected reading has groups. */
function foundLinks(scopes: readonly ProposedScope[], { expected }: RecallNotice): string[] {
  if (expected.groups.length === 0) return []
  return scopes.flatMap(({ scope, modelNames }) =>
    links(
      [...(scope.models ?? []), ...modelNames],
      [...(scope.lots ?? []), ...(scope.serials ?? [])],
    ),
  )
}

function expectedLinks({ expected }: RecallNotice): string[] {
  return expected.groups.flatMap((group) => links(namesOf(group), valuesOf(group)))
}

function links(names: readonly string[], values: readonly string[]): string[] {
  return names.flatMap((name) => values.map((value) => `${name} ${value}`))
}

function namesOf({ model, models = [], udiDi, udiDis = [] }: ExpectedGroup): string[] {
  return [...(model ? [model] : []), ...models, ...(udiDi ? [udiDi] : []), ...udiDis]
}

function valuesOf(group: ExpectedGroup): string[] {
  const { lots = [], serials = [], pairs = [], lotRanges = [], serialRanges = [] } = group
  const ranges = [...lotRanges, ...serialRanges].map(rangeText)
  return [...lots, ...serials, ...pairs.map(({ lot }) => lot), ...ranges]
}
