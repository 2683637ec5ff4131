import type { BlockOfEvents } from '../projection/project'

/** A block without events takes memory, too. */
const BLOCK_WEIGHT = 0.1
/** Text of so many characters counts as one event more: a name or a URI may have 4,000. */
const EVENT_CHARACTERS = 2_000

/** A block, and what it takes of the limits of a pipeline: in events of the usual size. */
export interface Weighed {
  readonly taken: BlockOfEvents
  readonly weight: number
}

/** Weighs a block by its events and by the text that they carry. */
export function weighed(taken: BlockOfEvents): Weighed {
  let weight = BLOCK_WEIGHT
  for (const event of taken.events) {
    weight += 'detail' in event ? 1 + charactersOf(event.detail) / EVENT_CHARACTERS : 1
  }
  return { taken, weight }
}

/** Characters in the values of an object, and in lists among them. */
function charactersOf(values: object): number {
  let sum = 0
  for (const value of Object.values(values)) {
    if (typeof value === 'string') sum += value.length
    else if (typeof value === 'object' && value !== null) sum += charactersOf(value)
  }
  return sum
}
