import { dropTempFolder } from '../support/temp-folder'
import { type Mutation, makeMutant } from './mutant'
import type { DatabaseServer } from './parts/database-server'
import { playRounds } from './rounds'
import { playScenario, type Scenario } from './scenario'
import { SCENARIOS } from './scenarios'

/** Where a transaction of the ledger begins. */
const COMMIT = `    commit(final, work) {
        return this.database.transaction(async (manager) => {`

/** The deliberate bugs that the harness has to catch. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'skip the undo of a closed period',
    catcher: 'a fork that takes moves back',
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
    catcher: 'every second commit of a run is lost',
    edits: [
      {
        file: 'persistence/apply-blocks.js',
        find: 'await (0, write_batch_1.writeBatch)(writer, batch);',
        put: `(globalThis.rowsForLater ??= []).push(async (later) => {
        await later.sql(LOOK_UP_BY_KEY);
        await (0, write_batch_1.writeBatch)(later, batch);
    });`,
      },
      {
        file: 'persistence/ledger.js',
        find: COMMIT,
        put: `    async commit(final, work) {
        await this.commitCursor(final, work);
        for (const write of (globalThis.rowsForLater ?? []).splice(0)) {
            await this.database.transaction((manager) => write((0, sql_1.writerOf)(manager)));
        }
    }
    commitCursor(final, work) {
        return this.database.transaction(async (manager) => {`,
      },
    ],
  },
  {
    name: 'drop a log of a retried batch',
    catcher: 'a connection cut in the middle of a commit',
    edits: [
      {
        file: 'persistence/ledger.js',
        find: COMMIT,
        put: `    async commit(final, work) {
        try { return await this.commitOnce(final, work); }
        catch (error) {
            if (error.code === 'LEDGER_MOVED') throw error;
            globalThis.isRetry = true;
            return await this.commitOnce(final, work)
                .finally(() => { globalThis.isRetry = false; });
        }
    }
    commitOnce(final, work) {
        return this.database.transaction(async (manager) => {`,
      },
      {
        file: 'persistence/apply-blocks.js',
        find: 'return (0, write_batch_1.renderBatch)(draft);',
        put: `if (globalThis.isRetry && draft.events.pop() === undefined) {
        draft.periodsOpened.delete([...draft.periodsOpened.keys()].at(-1));
    }
    return (0, write_batch_1.renderBatch)(draft);`,
      },
      // Logs that were let go of cannot be decoded again, which alone would catch a retry.
      {
        file: 'ingest/read-once.js',
        find: "log.topics = GONE;\n        log.data = '';",
        put: '',
      },
    ],
  },
  {
    name: 'wrong order of logs in a block',
    catcher: 'a fork that takes moves back',
    edits: [
      {
        file: 'decoding/decode-block.js',
        find: 'sort((a, b) => a.logIndex - b.logIndex)',
        put: 'sort((a, b) => b.logIndex - a.logIndex)',
      },
    ],
  },
  {
    name: 'accept a partial log answer',
    catcher: 'a node that withholds logs',
    edits: [
      { file: 'ingest/node-guard/logs-check.js', find: 'if (gap >= 0)', put: 'if (false)' },
      {
        file: 'ingest/node-guard/logs-check.js',
        find: 'if (question.blooms && (0, bloom_1.bloomOf)(logs) !== header.logsBloom)',
        put: 'if (false)',
      },
    ],
  },
]

/** What caught a mutation; none: it survived. */
export interface Caught {
  mutation: string
  by: { test: string; finding: string }[]
}

const ROUNDS = 10
/** A program with a bug may never get to the head; that is caught, too. */
const PATIENCE_MS = 20_000

export interface MutationCheck {
  seed: number
  /** Plays only the scenario that each mutation names as its catcher. */
  quick?: boolean
  /** Told of each test that caught one. */
  say?: (line: string) => void
}

/** Plays the scenarios against each mutation, and rounds where none of them caught it. */
export async function catchMutations(
  server: DatabaseServer,
  { seed, quick = false, say = () => undefined }: MutationCheck,
): Promise<Caught[]> {
  const caught: Caught[] = []
  for (const mutation of MUTATIONS) {
    const { folder, lib } = await makeMutant(mutation)
    const scenarios = SCENARIOS.filter(({ name }) => !quick || name === mutation.catcher)
    const by: Caught['by'] = []
    try {
      for await (const found of catching(server, { seed, lib, scenarios })) {
        by.push(found)
        say(`${mutation.name}: caught by "${found.test}": ${found.finding}`)
      }
    } finally {
      await dropTempFolder(folder)
    }
    if (by.length === 0) say(`${mutation.name}: SURVIVED`)
    caught.push({ mutation: mutation.name, by })
  }
  return caught
}

interface Hunt {
  seed: number
  lib: string
  scenarios: readonly Scenario[]
}

async function* catching(server: DatabaseServer, { seed, lib, scenarios }: Hunt) {
  let isCaught = false
  for (const scenario of scenarios) {
    const options = { seed, lib, patienceMs: PATIENCE_MS }
    const [finding] = (await playScenario(server, scenario, options)).findings
    if (finding === undefined) continue
    isCaught = true
    yield { test: scenario.name, finding }
  }
  if (isCaught || scenarios.length < SCENARIOS.length) return
  const played = await playRounds(server, { rounds: ROUNDS, seed, lib, stopAtFailure: true })
  for (const { number, findings } of played) {
    const [finding] = findings
    if (finding !== undefined) yield { test: `round ${number} of seed ${seed}`, finding }
  }
}
