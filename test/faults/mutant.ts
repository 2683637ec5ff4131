import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeTempFolder } from '../support/temp-folder'
import { BUILT } from './parts/indexer'

/** A deliberate bug: text of the compiled program, replaced. */
export interface Mutation {
  /** What is wrong with it. */
  name: string
  /** The scenario that is made to catch it, and does so quickly. */
  catcher: string
  /** Files of `lib` with what is replaced in each; each text must be there exactly once. */
  edits: readonly { file: string; find: string; put: string }[]
}

const PROJECT = path.dirname(BUILT)
/** What the program loads from beside its own folder. */
const BESIDE = ['node_modules', 'db', 'abi', 'package.json']

/**
 * A copy of the compiled program with a bug in it.
 *
 * @returns the folder to remove, and the copy of `lib` within it
 * @throws Error where the text to replace is not found once: a mutation that changes nothing would
 *   seem to have been survived
 */
export async function makeMutant(mutation: Mutation): Promise<{ folder: string; lib: string }> {
  const folder = await makeTempFolder()
  const lib = path.join(folder, 'lib')
  cpSync(BUILT, lib, { recursive: true })
  for (const name of BESIDE) symlinkSync(path.join(PROJECT, name), path.join(folder, name))
  for (const { file, find, put } of mutation.edits) {
    const at = path.join(lib, file)
    const text = readFileSync(at, 'utf8')
    const times = text.split(find).length - 1
    if (times !== 1) {
      throw new Error(
        `mutation "${mutation.name}": lib/${file} has the text to replace ${times} times and not ` +
          `once. Mend the mutation, it must break the program. The text:\n${find}`,
      )
    }
    writeFileSync(
      at,
      text.replace(find, () => put),
    )
  }
  return { folder, lib }
}
