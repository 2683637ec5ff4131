import type { Group } from './group'
import { NO_DEVICE } from './guard'
import type { ProposedScope } from './notice-reading'
import type { NoticeText } from './notice-text'
import type { Surroundings } from './propose'

/** As many values as one field of a recall scope may have. */
const SCOPE_VALUES_MAX = 10_000

type Unwarned = Omit<ProposedScope, 'warnings'>

/**
 * What a person should look at before the scopes of one group are used.
 *
 * @param scopes all of the group; they differ in their lots and serials only
 */
export function warningsOf(
  notice: NoticeText,
  group: Group,
  around: Surroundings,
  scopes: readonly Unwarned[],
): string[] {
  const [first] = scopes
  if (first === undefined) return []
  return [
    ...namingWarnings(group, first),
    ...extentWarnings(notice, group, around, first),
    ...readingWarnings(notice, around, scopes),
  ]
}

/** About the product that is meant. */
function namingWarnings(group: Group, { scope, modelNames }: Unwarned): string[] {
  const warnings: string[] = []
  if (scope.models === null) {
    const known = modelNames.length > 0 ? ` Look up that of ${quoted(modelNames)}.` : ''
    warnings.push(
      `No UDI-DI is named, so the scope touches equal numbers of every product.${known}`,
    )
  }
  if (group.unclearUdiDis.length > 0) {
    const gtins = quoted(group.unclearUdiDis)
    warnings.push(`${gtins} stands between two lists: add it where it belongs.`)
  }
  if (group.udiDiBefore) {
    warnings.push('A UDI-DI stands in the entry before; it is not said that it holds here too.')
  }
  if (group.wordsWithin) {
    warnings.push('Words that are not understood stand between the UDI-DI and what follows it.')
  }
  const unlabelled = group.statements.filter((one) => one.unlabelled)
  if (unlabelled.length > 0) {
    const names = quoted(unlabelled.flatMap(({ values }) => values))
    warnings.push(`No label says that ${names} is a model; it stands where one would.`)
  }
  return warnings
}

const WHOLE_MODEL =
  'Lots or serials are listed but could not be read: this scope is the whole model.'

/** Whether a label of lots or serials stands in or beside an entry whose list is not taken. */
function unitsUnread(notice: NoticeText, { from, to }: Surroundings): boolean {
  for (let index = from; index < to; index++) {
    const field = notice.isRead(index) ? undefined : notice.label(index)?.field
    if (field === 'lot' || field === 'serial' || field === 'unclear') return true
  }
  return false
}

/** About how many units are meant. */
function extentWarnings(
  notice: NoticeText,
  group: Group,
  around: Surroundings,
  proposed: Unwarned,
) {
  const { scope, all, versions } = proposed
  const warnings: string[] = []
  const listed = scope.lots !== null || scope.serials !== null
  const dated = Object.values(scope).some((value) => typeof value === 'string')
  if (all && listed) warnings.push('The text says "all" beside a list: the list may not limit.')
  if (all && limited(notice, group, around.to)) {
    warnings.push('Words that are not understood follow "all"; they may limit it.')
  }
  if (!all && !listed && !dated && scope.models !== null && unitsUnread(notice, around)) {
    warnings.push(WHOLE_MODEL)
  } else if (!all && !listed && !dated) {
    warnings.push('Neither lots nor serials are read, nor does the text say "all".')
  }
  if (versions.length > 0) {
    warnings.push(`Software versions ${quoted(versions)} are named; a scope cannot hold them.`)
  }
  if (!listed && !dated && scope.models === null) {
    warnings.push('The scope is empty and cannot be asked before something is added.')
  }
  return warnings
}

function limited(notice: NoticeText, group: Group, end: number): boolean {
  const after = group.statements.find(({ field }) => field === 'all')?.next ?? end
  for (let index = after; index < end; index++) {
    const token = notice.tokens[index]
    if (token === undefined || /^[.;]$/.test(token.text)) return false
    if (token.kind === 'word' && !notice.isRead(index)) return true
  }
  return false
}

/** About how the lists were read. */
function readingWarnings(
  notice: NoticeText,
  { from, to }: Surroundings,
  scopes: readonly Unwarned[],
): string[] {
  const warnings: string[] = []
  const lotsAlone = scopes.some(({ scope }) => scope.lots && !scope.serials)
  if (lotsAlone && scopes.some(({ scope }) => scope.serials && !scope.lots)) {
    warnings.push('Lots and serials stand side by side and are proposed as two scopes.')
  }
  warnings.push(...doubts(notice, from, to))
  if (leftOut(notice, from, to)) {
    warnings.push('Some values in or beside this entry are left out: see notUnderstood.')
  }
  if (to === notice.tokens.length && notice.word(to - 1) === ',') {
    warnings.push('The text ends in a comma: the list may have been cut off.')
  }
  if (scopes.some(({ scope }) => tooMany(scope.lots) || tooMany(scope.serials))) {
    warnings.push(`More than ${SCOPE_VALUES_MAX} values: ask in several parts.`)
  }
  return warnings
}

function tooMany(values: readonly string[] | null): boolean {
  return values !== null && values.length > SCOPE_VALUES_MAX
}

/** Each doubt once, and no more than a person reads. */
function doubts(notice: NoticeText, first: number, end: number): string[] {
  const found = new Set<string>()
  for (let index = first; index < end && found.size < SHOWN; index++) {
    const doubt = notice.doubtAt(index)
    if (doubt !== undefined) found.add(doubt)
  }
  return [...found]
}

function leftOut(notice: NoticeText, first: number, end: number): boolean {
  for (let index = first; index < end; index++) {
    const reason = notice.isRead(index) ? undefined : notice.reason(index)
    if (reason !== undefined && reason !== NO_DEVICE) return true
  }
  return false
}

/** Names that are shown of a long list. */
const SHOWN = 5

function quoted(values: readonly string[]): string {
  const shown = values.slice(0, SHOWN).map((value) => `"${value}"`)
  const more = values.length > SHOWN ? ` and ${values.length - SHOWN} more` : ''
  return `${shown.join(', ')}${more}`
}
