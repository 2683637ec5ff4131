import { elementRule } from './application-identifiers'
import type { Gs1Element } from './element'
import { inBrackets } from './element'
import { readElements } from './read-elements'
import { splitScan } from './split-scan'

/** What stands beside a UDI-DI on a device. */
const USUAL: ReadonlySet<string> = new Set(['10', '11', '15', '17', '21'])
const DATED: ReadonlySet<string> = new Set(['11', '15', '17'])

/**
 * What an identifier says if the separator behind a value was lost: of all ways to take the value
 * apart the one with the most elements, in brackets, to offer to a person. A lot such as `A21B`
 * holds an application identifier by chance, so that one part must be a date that exists.
 *
 * @param before the elements in front of it
 */
export function lostSeparator(
  before: readonly Gs1Element[],
  { ai, value, at }: Gs1Element,
  year: number,
): string | undefined {
  let best: readonly Gs1Element[] = []
  const longest = Math.min(elementRule(ai)?.max ?? 0, value.length - 1)
  for (let length = 1; length <= longest; length++) {
    const rest = splitScan(value.slice(length))
    if (rest.problems.length > 0 || rest.overlong !== undefined) continue
    const all = [...before, { ai, value: value.slice(0, length), at }, ...rest.elements]
    const usual = rest.elements.every((one) => USUAL.has(one.ai))
    const once = new Set(all.map((one) => one.ai)).size === all.length
    const dated = rest.elements.some((one) => DATED.has(one.ai))
    if (usual && once && dated && all.length > best.length && isSound(all, year)) best = all
  }
  return best.length === 0 ? undefined : inBrackets(best)
}

function isSound(elements: readonly Gs1Element[], year: number): boolean {
  const { problems } = readElements('GS1_SCAN', elements, year)
  return problems.every(({ weight }) => weight !== 'FAULT')
}
