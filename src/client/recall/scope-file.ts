import { z } from 'zod'
import { callerError, type DeviceTrailError } from '../../domain/errors'
import type { NoticeReading } from '../questions/scope-from-notice'

/**
 * A file of scopes, for people to write, check and change:
 *
 *     { "scopes": [{ "scope": { "models": ["09506000134352"], "lots": ["L1", "A1..A9"] } }],
 *       "notUnderstood": [] }
 *
 * An unknown key is an error: a mistyped `lot` would otherwise widen a scope to the whole model.
 */
const date = z.iso.date()
const values = z.array(z.string())

const scope = z.strictObject({
  models: values.optional(),
  lots: values.optional(),
  serials: values.optional(),
  manufacturedFrom: date.optional(),
  manufacturedTo: date.optional(),
  expiresFrom: date.optional(),
  expiresTo: date.optional(),
  deviceIds: values.optional(),
})
/** Fields as in the API's RecallScopeInput. */
export type Scope = z.infer<typeof scope>

const group = z.strictObject({
  scope,
  modelNames: values.optional(),
  versions: values.optional(),
  all: z.boolean().optional(),
  quote: z.string().optional(),
  warnings: values.optional(),
})
/** One scope, with where it comes from and what is doubtful about it. */
export type ScopeGroup = z.infer<typeof group>

const file = z.strictObject({
  scopes: z.array(group).min(1),
  /** Parts of a notice that nobody has dealt with yet; who has, deletes the entry. */
  notUnderstood: z
    .array(z.strictObject({ text: z.string(), at: z.number().optional(), reason: z.string() }))
    .optional(),
})
export type ScopeFile = z.infer<typeof file>

/**
 * @throws DeviceTrailError SCOPE_FILE_INVALID, naming every problem
 */
export function readScopeFile(name: string, text: string): ScopeFile {
  const read = file.safeParse(jsonOf(name, text))
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => {
      return `${path.join('.') || 'the file'}: ${message}`
    })
    throw invalid(name, problems.join('; '))
  }
  const empty = read.data.scopes.findIndex((each) => Object.keys(each.scope).length === 0)
  if (empty === -1) return read.data
  const { quote = '' } = read.data.scopes[empty] ?? {}
  const said = quote === '' ? '' : ` (${quote.slice(0, 80)})`
  throw invalid(name, `scopes.${empty}${said} names nothing, so it would match every unit`)
}

function jsonOf(name: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw invalid(name, error instanceof Error ? error.message : String(error))
  }
}

function invalid(name: string, problem: string): DeviceTrailError {
  const what = `${name} cannot be used as a scope: ${problem}.`
  const todo =
    'Expected {"scopes": [{"scope": {"models": […], "lots": […]}}]}; ' +
    'devicetrail recall --help has the fields.'
  return callerError('SCOPE_FILE_INVALID', what, todo)
}

/**
 * What the reading of a notice proposes, as a file to check. Fields that it left open are left out.
 */
export function proposedFile({ scopes, notUnderstood }: NoticeReading): ScopeFile {
  return {
    scopes: scopes.map((proposed) => ({ ...proposed, scope: stated(proposed.scope) })),
    notUnderstood,
  }
}

function stated(proposed: NoticeReading['scopes'][number]['scope']): Scope {
  const fields = Object.entries(proposed).filter(([, value]) => value !== null && value.length > 0)
  return scope.parse(Object.fromEntries(fields))
}
