import type { ParsedIdentifier } from '../../domain/identifiers/identifier'
import {
  CANDIDATES_MAX,
  type Candidates,
  GROUP_CANDIDATES_MAX,
  type GroupAnswer,
} from './candidates'
import { type Finding, finding } from './finding'

/**
 * What the search itself found: nothing to search for, no unit, several, or no unit but a lot or a
 * model. A unit is never picked out of a lot, also where the lot has one unit on record: the label
 * did not say that it was this one.
 *
 * @param candidates null where the identifier could not be read
 * @param lookAlikes serials on record that it may be a misreading of
 */
export function searchFindings(
  parsed: ParsedIdentifier,
  candidates: Candidates | null,
  lookAlikes: readonly string[] = [],
): Finding[] {
  if (candidates === null) {
    const message = `The identifier cannot be read: ${parsed.problems.join('; ')}.`
    return [finding('IDENTIFIER_INVALID', message, { asksFor: 'INVALID' })]
  }
  const { count, groups } = candidates
  if (count === 0 && groups.length > 0) {
    return [...groups.map(namedGroup), ...excludedFindings(candidates)]
  }
  if (count === 0) return [notFound(candidates, lookAlikes)]
  const hints = groups.map(alsoNamedGroup)
  if (count === 1) return hints
  const listed = count > CANDIDATES_MAX ? `; the first ${CANDIDATES_MAX} are listed` : ''
  const message = `${count} devices answer to it${listed}. The UDI-DI tells them apart.`
  return [finding('SEVERAL_DEVICES', message, { asksFor: 'AMBIGUOUS' }), ...hints]
}

const GROUPS = { LOT: 'a lot', MODEL: 'a model' }

function namedGroup({ by, count }: GroupAnswer): Finding {
  const listed = count > GROUP_CANDIDATES_MAX ? ` (${GROUP_CANDIDATES_MAX} are listed)` : ''
  const what = `${GROUPS[by]} with ${count} devices on record${listed}, not one unit`
  const message = `It names ${what}. The serial tells them apart.`
  return finding(`NAMES_A_${by}`, message, { asksFor: 'AMBIGUOUS' })
}

function alsoNamedGroup({ by, count }: GroupAnswer): Finding {
  const message = `It was read as a serial; it also names ${GROUPS[by]} with ${count} devices.`
  return finding(`ALSO_NAMES_A_${by}`, message)
}

function notFound(candidates: Candidates, lookAlikes: readonly string[]): Finding {
  const [excluded] = excludedFindings(candidates)
  if (excluded !== undefined) return { ...excluded, asksFor: 'UNKNOWN' }
  const seen = lookAlikes.map((serial) => `"${serial}"`).join(', ')
  const hint = seen === '' ? '' : ` On record are serials that look like it: ${seen}. Look again.`
  const message = `No device on record answers to it.${hint}`
  return finding('NOT_ON_RECORD', message, { asksFor: 'UNKNOWN' })
}

function excludedFindings({ excluded }: Candidates): Finding[] {
  if (excluded === 0) return []
  const devices = `${excluded} devices on record have this serial`
  const message = `${devices}, but none under the claimed UDI-DI.`
  return [finding('SERIAL_UNDER_OTHER_UDI_DI', message)]
}
