import { escapeLiteral } from 'pg'
import type { Sql } from '../../src/query/sql'

/** A statement that a question sent. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly unknown[]
  readonly plan: 'kept' | undefined
}

/** A table that was read from end to end. */
export interface TableScan {
  readonly table: string
  /** Rows that were looked at, over all repetitions. */
  readonly rows: number
  /** Of these, rows that the statement could use. */
  readonly kept: number
}

/** What PostgreSQL did for one statement. */
export interface PlanReading {
  readonly statement: Statement
  readonly scans: readonly TableScan[]
  /** Pages of tables and indexes that were touched, in memory or not, and of sorts on disk. */
  readonly pages: number
  /** Entries that the nodes of the plan read from tables and indexes, also those filtered out. */
  readonly rows: number
}

/** Passes statements on and writes them down. */
export function recording(sql: Sql): { sql: Sql; statements: Statement[] } {
  const statements: Statement[] = []
  return {
    sql: (text, parameters = [], plan) => {
      statements.push({ text, parameters, plan })
      return sql(text, parameters, plan)
    },
    statements,
  }
}

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  'Temp Read Blocks': number
  'Temp Written Blocks': number
  Plans?: PlanNode[]
}

/** Runs the statement once more and reads its plan. */
export async function readPlan(sql: Sql, statement: Statement): Promise<PlanReading> {
  const plan = await planOf(sql, statement)
  const nodes = withChildren(plan)
  return {
    statement,
    scans: nodes.flatMap((node) => {
      const table = node['Relation Name']
      const isScan = node['Node Type'] === 'Seq Scan' && table !== undefined
      return isScan && node['Actual Loops'] > 0
        ? [{ table, rows: rowsOf(node), kept: keptOf(node) }]
        : []
    }),
    pages:
      plan['Shared Hit Blocks'] +
      plan['Shared Read Blocks'] +
      plan['Temp Read Blocks'] +
      plan['Temp Written Blocks'],
    rows: nodes
      .filter((node) => node['Relation Name'] ?? node['Index Name'])
      .reduce((sum, node) => sum + rowsOf(node), 0),
  }
}

const EXPLAIN = 'EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON)'

async function planOf(sql: Sql, { text, parameters, plan }: Statement): Promise<PlanNode> {
  const explain = async (explained: string, values: readonly unknown[]) => {
    type Answer = { 'QUERY PLAN': [{ Plan: PlanNode }] }
    const [row] = await sql<Answer>(`${EXPLAIN} ${explained}`, values)
    if (row === undefined) throw new TypeError('EXPLAIN had no answer')
    return row['QUERY PLAN'][0].Plan
  }
  if (plan === undefined) return explain(text, parameters)
  // The plan for any parameters at all, which a connection may come to keep.
  await sql('SET LOCAL plan_cache_mode = force_generic_plan')
  await sql(`PREPARE explained AS ${text}`)
  try {
    const values = parameters.map(literalOf).join(', ')
    return await explain(`EXECUTE explained${values === '' ? '' : ` (${values})`}`, [])
  } finally {
    await sql('DEALLOCATE explained')
  }
}

function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  return escapeLiteral(Array.isArray(value) ? arrayText(value) : textOf(value))
}

function arrayText(values: readonly unknown[]): string {
  const quoted = (value: unknown) => `"${textOf(value).replace(/["\\]/g, '\\$&')}"`
  return `{${values.map((value) => (value === null ? 'NULL' : quoted(value))).join(',')}}`
}

function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value)
}

function withChildren(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(withChildren)]
}

function rowsOf(node: PlanNode): number {
  const { 'Rows Removed by Filter': filtered = 0, 'Rows Removed by Index Recheck': lost = 0 } = node
  return keptOf(node) + Math.round((filtered + lost) * node['Actual Loops'])
}

function keptOf(node: PlanNode): number {
  return Math.round(node['Actual Rows'] * node['Actual Loops'])
}
