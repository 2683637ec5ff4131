import type { ScopeFile } from './scope-file'
import type { AskedGroup } from './scope-groups'

/**
 * What a person has to look at before the answer is acted on, one line each. Told beside every
 * output, for a file of consignees alone would hide it.
 */
export function findingsOf(
  groups: readonly AskedGroup[],
  { notUnderstood = [] }: ScopeFile,
): string[] {
  const unread = notUnderstood.map(({ text, reason }) => {
    return `NOT UNDERSTOOD in the notice: "${text}": ${reason}`
  })
  return [...groups.flatMap(findingsOfGroup), ...unread]
}

function findingsOfGroup({ group, overview }: AskedGroup): string[] {
  const unmatched = overview.unmatched.map(({ field, value, reason }) => {
    return `UNMATCHED in group ${group}: ${field} "${value}": ${reason}`
  })
  if (overview.cannotTell === 0) return unmatched
  return [
    ...unmatched,
    `CANNOT TELL in group ${group}: the record cannot exclude ${overview.cannotTell} more units, ` +
      'for it lacks what the scope asks for (the lot, serial, date or model of the unit, or the ' +
      'UDI-DI of its model); --show units lists them',
  ]
}
