import { callerError } from '../../domain/errors'
import type { Scope, ScopeFile } from './scope-file'
import { readScopeFile } from './scope-file'

/** Options that make one scope on the command line. */
export interface ScopeFlags {
  readonly model?: string[]
  readonly lot?: string[]
  readonly serial?: string[]
  readonly device?: string[]
  readonly manufacturedFrom?: string
  readonly manufacturedTo?: string
  readonly expiresFrom?: string
  readonly expiresTo?: string
}

/**
 * One scope from the command line.
 *
 * @returns undefined where no option names anything
 * @throws DeviceTrailError SCOPE_FILE_INVALID, for a date that is none
 */
export function scopeOfFlags(flags: ScopeFlags): ScopeFile | undefined {
  const { model, lot, serial, device, manufacturedFrom, manufacturedTo } = flags
  const { expiresFrom, expiresTo } = flags
  const fields: Record<keyof Scope, string[] | string | undefined> = {
    models: model,
    lots: lot,
    serials: serial,
    deviceIds: device,
    manufacturedFrom,
    manufacturedTo,
    expiresFrom,
    expiresTo,
  }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  if (given.length === 0) return undefined
  const text = JSON.stringify({ scopes: [{ scope: Object.fromEntries(given) }] })
  return readScopeFile('the command line', text)
}

/**
 * Checks that a scope comes from one source: with two, the answer would be about less than the
 * caller believes.
 *
 * @param sources name of the option → what was given
 * @throws DeviceTrailError USAGE
 */
export function checkOneSource(sources: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(sources).filter((name) => sources[name] !== undefined)
  if (given.length === 1) return
  const what = given.length === 0 ? 'No scope is given.' : `${given.join(' and ')} are given.`
  throw callerError('USAGE', what, `Give exactly one of: ${Object.keys(sources).join('; ')}.`)
}
