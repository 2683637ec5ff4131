import { dropTempFolder } from '../support/temp-folder'
import { type Mutation, makeMutant } from './mutant'
import type { DatabaseServer } from './parts/database-server'
import { playRounds } from './rounds'
import { playScenario } from './scenario'
import { SCENARIOS } from './scenarios'

/** The deliberate bugs that the harness has to catch. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'skip the undo of a closed period',
    edits: [
      {
        file: 'persistence/unwind.js',
        find: 'WHERE device_id IN (SELECT id FROM unwound_device) AND until_block > $1`',
        put: 'WHERE FALSE`',
      },
    ],
  },
  {
    name: 'commit the cursor before the rows',
    edits: [
      {
        file: 'persistence/ledger.js',
        find: 'await (0, apply_blocks_1.applyBlocks)(sql, blocks);',
        put: 'rowsForLater.push(blocks);',
      },
      {
        file: 'persistence/ledger.js',
        find: `    commit(final, work) {
        return this.database.transaction(async (manager) => {`,
        put: `    async commit(final, work) {
        await this.commitCursor(final, work);
        const late = rowsForLater.splice(0);
        if (late.length > 0) await this.database.transaction(async (manager) => {
            const sql = (0, sql_1.sqlOf)(manager);
            for (const blocks of late) await (0, apply_blocks_1.applyBlocks)(sql, blocks);
        });
    }
    commitCursor(final, work) {
        return this.database.transaction(async (manager) => {`,
      },
      {
        file: 'persistence/ledger.js',
        find: 'exports.Ledger = Ledger;',
        put: 'exports.Ledger = Ledger;\nconst rowsForLater = [];',
      },
    ],
  },
  {
    name: 'drop a log of a retried batch',
    edits: [
      {
        file: 'persistence/ledger.js',
        find: `    commit(final, work) {
        return this.database.transaction(async (manager) => {`,
        put: `    async commit(final, work) {
        try { return await this.commitOnce(final, work); }
        catch (error) {
            if (error.code === 'LEDGER_MOVED') throw error;
            isRetry = true;
            return await this.commitOnce(final, work).finally(() => { isRetry = false; });
        }
    }
    commitOnce(final, work) {
        return this.database.transaction(async (manager) => {`,
      },
      {
        file: 'persistence/ledger.js',
        find: 'await (0, apply_blocks_1.applyBlocks)(sql, blocks);',
        put: `const full = blocks.filter((block) => block.events.length > 0);
            if (isRetry) full.at(-1)?.events.pop();
            await (0, apply_blocks_1.applyBlocks)(sql, blocks);`,
      },
      {
        file: 'persistence/ledger.js',
        find: 'exports.Ledger = Ledger;',
        put: 'exports.Ledger = Ledger;\nlet isRetry = false;',
      },
    ],
  },
  {
    name: 'wrong order of logs in a block',
    edits: [
      {
        file: 'decoding/decode-block.js',
        find: 'sort((a, b) => a.logIndex - b.logIndex)',
        put: 'sort((a, b) => b.logIndex - a.logIndex)',
      },
    ],
  },
]

/** Which part of the harness caught a mutation, with its first finding; undefined: it survived. */
export interface Caught {
  mutation: string
  by: { test: string; finding: string }[]
}

const ROUNDS = 10

/**
 * Plays all scenarios against each mutation, and rounds where no scenario caught it.
 *
 * @param say told of each test that caught one
 */
export async function catchMutations(
  server: DatabaseServer,
  seed: number,
  say: (line: string) => void,
): Promise<Caught[]> {
  const caught: Caught[] = []
  for (const mutation of MUTATIONS) {
    const { folder, lib } = await makeMutant(mutation)
    try {
      const by: Caught['by'] = []
      for await (const found of catching(server, seed, lib)) {
        by.push(found)
        say(`${mutation.name}: caught by "${found.test}": ${found.finding}`)
      }
      if (by.length === 0) say(`${mutation.name}: SURVIVED`)
      caught.push({ mutation: mutation.name, by })
    } finally {
      await dropTempFolder(folder)
    }
  }
  return caught
}

async function* catching(server: DatabaseServer, seed: number, lib: string) {
  let caught = false
  for (const scenario of SCENARIOS) {
    const { findings } = await playScenario(server, scenario, { seed, lib })
    const [finding] = findings
    if (finding === undefined) continue
    caught = true
    yield { test: scenario.name, finding }
  }
  if (caught) return
  const played = await playRounds(server, { rounds: ROUNDS, seed, lib, stopAtFailure: true })
  for (const { number, findings } of played) {
    const [finding] = findings
    if (finding !== undefined) yield { test: `round ${number} of seed ${seed}`, finding }
  }
}
