import { Client } from 'pg'
import { connectDatabase } from '../../../src/persistence/connect'
import { migrate } from '../../../src/persistence/migrate'
import { takeOffIndexes } from './bulk-load'
import * as facts from './facts'
import { DEVICES_MIN, type Sizes, sizesOf } from './sizes'
import * as state from './state'
import { moves, recalls, steps } from './steps'
import { lots, units } from './units'
import { models, words } from './words'

/** Told how far a build is: a share from 0 to 1, and what comes next. */
export type Progress = (done: number, next: string) => void

interface Part {
  readonly name: string
  /** Share of the whole, by the clock. */
  readonly weight: number
  readonly statements: readonly string[]
}

/**
 * Fills an empty database with a supply chain of so many devices and five times as many periods of
 * custody: the migrated schema of the product, and rows that the fold could have written. The same
 * rows at every call.
 *
 * @param devices at least `DEVICES_MIN`
 */
export async function buildDataset(
  databaseUrl: string,
  devices: number,
  progress: Progress = () => {},
): Promise<void> {
  if (devices < DEVICES_MIN) throw new RangeError(`expected at least ${DEVICES_MIN} devices`)
  const database = await connectDatabase(databaseUrl, 1)
  await migrate(database).finally(() => database.destroy())
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (const setting of SETTINGS) await client.query(setting)
    const taken = await takeOffIndexes(client)
    const parts = [
      ...history(sizesOf(devices)),
      ...taken.map(({ name, restore }) => ({ name, weight: INDEX_WEIGHT, statements: [restore] })),
      { name: 'tidy up', weight: 4, statements: ['DROP SCHEMA bench CASCADE', 'VACUUM ANALYZE'] },
    ]
    await run(client, parts, progress)
  } finally {
    await client.end()
  }
}

/** Of one session: nothing else works in this database, and a build that breaks is thrown away. */
const SETTINGS = [
  `SET work_mem = '512MB'`,
  `SET maintenance_work_mem = '1GB'`,
  `SET synchronous_commit = off`,
  `SET max_parallel_workers_per_gather = 0`,
  `SET jit = off`,
]
const INDEX_WEIGHT = 0.3

function history(sizes: Sizes): Part[] {
  const made = (table: string) => `ANALYZE bench.${table}`
  return [
    { name: 'lots', weight: 0, statements: [...words(), models(), lots(sizes)] },
    { name: 'units', weight: 2, statements: [units(sizes), made('unit')] },
    { name: 'moves', weight: 5, statements: [moves(sizes), made('move'), ...recalls(sizes)] },
    { name: 'steps', weight: 9, statements: [steps(sizes), made('step'), ...facts.LANDMARKS] },
    {
      name: 'devices',
      weight: 19,
      statements: [state.MODELS_WRITTEN, state.devicesWritten(sizes)],
    },
    { name: 'owners', weight: 1, statements: ['ANALYZE device', state.owners(sizes)] },
    { name: 'custody', weight: 20, statements: [facts.PERIODS_WRITTEN] },
    {
      name: 'events',
      weight: 19,
      statements: [facts.EVENTS_WRITTEN, facts.directoryWritten(sizes)],
    },
    {
      name: 'recalls, anomalies and blocks',
      weight: 6,
      statements: [
        state.RECALLS_WRITTEN,
        ...facts.RECALL_FACTS_WRITTEN,
        facts.ANOMALIES_WRITTEN,
        ...facts.HEAD_WRITTEN,
      ],
    },
  ]
}

async function run(client: Client, parts: readonly Part[], progress: Progress): Promise<void> {
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0)
  let done = 0
  for (const { name, weight, statements } of parts) {
    progress(done / whole, name)
    for (const statement of statements) await client.query(statement)
    done += weight
  }
  progress(1, '')
}
