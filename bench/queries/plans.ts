import type { Sql } from '../../src/query/sql'

/** A statement that a question sent. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly unknown[]
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
    sql: (text, parameters = []) => {
      statements.push({ text, parameters })
      return sql(text, parameters)
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
  const { text, parameters } = statement
  const [row] = await sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${text}`,
    parameters,
  )
  const plan = row?.['QUERY PLAN'][0].Plan
  if (plan === undefined) throw new TypeError('EXPLAIN had no answer')
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
