import { LOTS, MODELS } from './catalogue'
import { writeOpening } from './opening'
import { seededRandom } from './random'
import { RECALLED_LOTS, writeRecalls } from './recalls'
import { type ScriptBlock, ScriptWriter } from './script-writer'
import { TOLD_UNIT, writeTrade } from './trade'

/** What the screen points a newcomer to. */
export interface ScriptHighlights {
  /** Token of a unit that was sold, handed on and recalled. */
  readonly token: number
  /** Number of its model. */
  readonly model: number
  readonly udiDi: string
  readonly serial: string
  /** Lots of the open recall. */
  readonly recalledLots: readonly string[]
}

/** The history that every fresh demo starts with, and what is worth a look in it. */
export interface DemoScript {
  readonly blocks: readonly ScriptBlock[]
  /** Tokens whose hand-off is open at the end. */
  readonly inTransit: readonly number[]
  readonly highlights: ScriptHighlights
}

/** Block time of the chain's first block, before everything else. */
export const GENESIS_TIMESTAMP = Date.parse('2025-01-06T00:00:00Z') / 1000

const SEED = 20_250_106

/**
 * A supply chain from January to October 2025. The same blocks at each call, and dated in the past,
 * so that printed answers do not change from one machine to another.
 */
export function demoScript(): DemoScript {
  const writer = new ScriptWriter()
  writeOpening(writer)
  writeTrade(writer, seededRandom(SEED))
  writeRecalls(writer)
  return { blocks: writer.blocks, inTransit: writer.inTransit, highlights: highlights() }
}

function highlights(): ScriptHighlights {
  const units = LOTS.flatMap(({ model, serials }) => serials.map((serial) => ({ model, serial })))
  const unit = units[TOLD_UNIT - 1]
  const udiDi = MODELS[(unit?.model ?? 0) - 1]?.udiDi
  if (unit === undefined || udiDi === undefined) {
    throw new RangeError(`token ${TOLD_UNIT} is not among the ${units.length} units of the script`)
  }
  return {
    token: TOLD_UNIT,
    model: unit.model,
    udiDi,
    serial: unit.serial,
    recalledLots: RECALLED_LOTS,
  }
}
