import type { Client } from 'pg'
import { type BenchServer, withClient } from '../ledger/bench-database'
import type { TableContent } from '../ledger/content'
import { type ChildOrder, MeasuredProcess } from './child-process'
import { readFacts, readRows, requireAll } from './rows'
import type { Workload } from './workload'

/** One contender, once: what it took and what it left. */
export interface Run {
  /** From the start of its process until the database holds all rows and all indexes. */
  readonly seconds: number
  /** Logs of ours that it took. */
  readonly events: number
  /** Blocks over which they are spread. */
  readonly blocks: number
  readonly peakMemoryBytes: number
  readonly clientCpuSeconds: number
  /** Of the database server, vacuum and checkpoints included; NaN where unknown. */
  readonly serverCpuSeconds: number
  /** Of the process that serves the chain. */
  readonly sourceCpuSeconds: number
  /** By how much the database grew. */
  readonly databaseBytes: number
  /** By how much the tables of the read model did, with their indexes. */
  readonly readModelBytes: number
}

/** A run with the rows that it left. */
export interface CheckedRun {
  readonly way: string
  readonly run: Run
  /** Undefined for a slice. */
  readonly rows: readonly TableContent[] | undefined
  /** Of the slice that the slow ones take; undefined where there is none. */
  readonly facts: readonly TableContent[] | undefined
}

/** What is started, and when it is done. */
export interface Attempt {
  /** The contender, and in which of its ways. */
  readonly way: string
  readonly order: ChildOrder
  /** Where its tables are. */
  readonly schema: string
  /** Whether it reads no more than the slice of the workload. */
  readonly sliced: boolean
  /** Asked many times a second: it has to be cheap. */
  isDone(client: Client): Promise<boolean>
}

/** Where and how attempts are measured. */
export interface Arena {
  readonly server: BenchServer
  readonly workload: Workload
  readonly databaseUrl: string
  /** After so long an attempt has failed. */
  readonly limitMs: number
}

/**
 * Measures one attempt on a database that is ready for it, then checks what it left.
 *
 * @throws DeviceTrailError BENCH_CONTENDER_FAILED, BENCH_CONTENT_INCOMPLETE
 */
export function measure(arena: Arena, attempt: Attempt): Promise<CheckedRun> {
  const { workload, databaseUrl } = arena
  const { way, schema, sliced } = attempt
  return withClient(databaseUrl, async (client) => {
    await client.query(`SET statement_timeout = ${arena.limitMs}`)
    const run = await timed(arena, attempt, client)
    await client.query(`SET search_path = "${schema}"`)
    await requireAll(client, run.events, way)
    const { slice } = workload
    return {
      way,
      run,
      rows: sliced ? undefined : await readRows(client),
      facts: slice && (await readFacts(client, slice.blocks)),
    }
  })
}

async function timed(arena: Arena, attempt: Attempt, client: Client): Promise<Run> {
  const { server, workload, limitMs } = arena
  const { schema, sliced } = attempt
  const { events, blocks } = (sliced ? workload.slice : undefined) ?? workload
  const before = await sizes(client, schema)
  const structure = await structureOf(client, schema)
  const serverBefore = server.cpuSeconds()
  const sourceBefore = workload.sourceCpuSeconds()
  const start = performance.now()
  const child = MeasuredProcess.start(attempt.order)
  try {
    // Who takes indexes or constraints off to be faster is done when they are back.
    const isDone = async () =>
      (await attempt.isDone(client)) &&
      (schema !== MIGRATED || (await structureOf(client, schema)) === structure)
    await child.until(isDone, limitMs)
    const seconds = (performance.now() - start) / 1000
    const { peakMemoryBytes, cpuSeconds } = child.usage
    const serverCpuSeconds = server.cpuSeconds() - serverBefore
    const sourceCpuSeconds = workload.sourceCpuSeconds() - sourceBefore
    const after = await sizes(client, schema)
    return {
      seconds,
      events,
      blocks,
      peakMemoryBytes,
      clientCpuSeconds: cpuSeconds,
      serverCpuSeconds,
      sourceCpuSeconds,
      databaseBytes: after.database - before.database,
      readModelBytes: after.readModel - before.readModel,
    }
  } finally {
    await child.stop()
  }
}

/** The schema that the migrations fill before the clock starts; Ponder makes its own. */
const MIGRATED = 'public'

/**
 * The names of all indexes and constraints of a schema, as one text. Their definitions would not
 * do: PostgreSQL writes down a condition differently when it has read it from its own writing.
 */
async function structureOf(client: Client, schema: string): Promise<string> {
  const { rows } = await client.query<{ names: string }>(
    `SELECT string_agg(name, ' ' ORDER BY name) AS names FROM (
       SELECT indexrelid::regclass::text AS name
       FROM pg_index JOIN pg_class c ON c.oid = indrelid
       WHERE c.relnamespace = to_regnamespace($1) AND indisvalid
       UNION ALL
       SELECT conrelid::regclass || '.' || conname
       FROM pg_constraint WHERE connamespace = to_regnamespace($1) AND convalidated) found`,
    [schema],
  )
  return rows[0]?.names ?? ''
}

const READ_MODEL = ['owner', 'device_model', 'device', 'custody_period', 'device_event', 'block']

async function sizes(client: Client, schema: string) {
  const { rows } = await client.query<{ database: string; readModel: string }>(
    `SELECT pg_database_size(current_database()) AS "database",
       (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = ANY($2)) AS "readModel"`,
    [schema, READ_MODEL],
  )
  const [row] = rows
  return { database: Number(row?.database), readModel: Number(row?.readModel) }
}
