import { callerError } from '../../domain/errors'
import { SCOPE_FROM_NOTICE } from '../questions/scope-from-notice'
import { number, type Report, sheet, text } from '../report/report'
import type { Server } from '../server/server'
import { proposedFile, type ScopeFile, type ScopeGroup } from './scope-file'

/**
 * Has the text of a notice read into scopes. They are a proposal: a person checks them.
 *
 * @throws DeviceTrailError NOTICE_WITHOUT_SCOPE nothing to look up was found in it
 */
export async function propose(server: Server, notice: string): Promise<ScopeFile> {
  const { scopeFromNotice } = await server.ask(SCOPE_FROM_NOTICE, { text: notice })
  if (scopeFromNotice.scopes.length > 0) return proposedFile(scopeFromNotice)
  const unread = scopeFromNotice.notUnderstood.map(({ text, reason }) => `  "${text}": ${reason}\n`)
  throw callerError(
    'NOTICE_WITHOUT_SCOPE',
    `No lot, serial, UDI-DI or date was found in the notice.\n${unread.join('')}`,
    'Give the scope with --model, --lot and --serial, or in a file with --scope.',
  )
}

/** What a person has to check: the values group by group, and everything that is doubtful. */
export function proposalReport({ scopes, notUnderstood = [] }: ScopeFile): Report {
  const values = scopes.flatMap(({ scope }, n) => {
    return Object.entries(scope).flatMap(([field, value]) => {
      return [value ?? []].flat().map((each) => ({ group: n + 1, field, value: each }))
    })
  })
  const doubts = scopes.flatMap(doubtsOf)
  const of = <Row extends { group: number }>() => number<Row>('group', ({ group }) => group)
  const parts = [
    sheet(
      'proposed',
      [
        of<(typeof values)[number]>(),
        text<(typeof values)[number]>('field', ({ field }) => field),
        text<(typeof values)[number]>('value', ({ value }) => value),
      ],
      values,
    ),
    sheet(
      'doubts',
      [of<(typeof doubts)[number]>(), text<(typeof doubts)[number]>('doubt', ({ doubt }) => doubt)],
      doubts,
    ),
    sheet(
      'notUnderstood',
      [
        text<(typeof notUnderstood)[number]>('text', (each) => each.text),
        text<(typeof notUnderstood)[number]>('reason', ({ reason }) => reason),
      ],
      notUnderstood,
    ),
  ]
  return { parts, main: 'proposed' }
}

function doubtsOf(proposed: ScopeGroup, n: number): { group: number; doubt: string }[] {
  const { all = false, modelNames = [], versions = [], warnings = [] } = proposed
  const doubts = [
    ...(all ? ['the notice speaks of all of them'] : []),
    ...modelNames.map((name) => `model ${name} is no UDI-DI: look its UDI-DI up, add it to models`),
    ...versions.map((version) => `version ${version}: no scope can hold a version`),
    ...warnings,
  ]
  return doubts.map((doubt) => ({ group: n + 1, doubt }))
}
