import { callerError } from '../domain/errors'
import { checkPageSize } from './arguments'

/** A page of rows in a total order; `after` is the cursor of the last row seen. */
export interface PageRequest {
  /** 1 to `PAGE_SIZE_MAX`. */
  first: number
  after?: string | null | undefined
}

export interface Edge<Node> {
  /** Opaque; names its row, so that rows which come or go meanwhile move no other. */
  cursor: string
  node: Node
}

/**
 * A page without the count of all rows: to count costs as much as to read them all, so it is a
 * question of its own that is put only when asked.
 */
export interface Page<Node> {
  edges: Edge<Node>[]
  hasNextPage: boolean
  hasPreviousPage: boolean
}

/** One row of a statement of the form that `pageSql` makes. */
export type Keyed<Node> = Node & { key: string }

/**
 * The tail of a statement that ends in a page: rows after the cursor in the order of their keys,
 * one more than asked for. Keys compare by code point, whatever the collation of the database.
 *
 * The planner sees the cursor and folds the test for its absence, so that an index on the key
 * serves every page alike.
 *
 * @param rows name of the relation, which has a unique text column `key`
 * @param after number of the parameter with the key of the cursor; the limit is the next
 */
export function pageSql(rows: string, after: number): string {
  return `
  SELECT * FROM ${rows}
  WHERE $${after}::text IS NULL OR "key" COLLATE "C" > $${after}::text
  ORDER BY "key" COLLATE "C" LIMIT $${after + 1}`
}

/**
 * The parameters that `pageSql` takes.
 *
 * @param kind what the rows are: a cursor of other rows is refused
 * @throws ARGUMENT_OUT_OF_RANGE first
 * @throws CURSOR_INVALID after
 */
export function pageParameters(
  kind: string,
  { first, after }: PageRequest,
): [string | null, number] {
  checkPageSize('first', first)
  return [after == null ? null : keyOf(kind, after), first + 1]
}

/** @param nodeOf takes the key off a row */
export function toPage<Row extends { key: string }, Node>(
  kind: string,
  { first, after }: PageRequest,
  rows: readonly Row[],
  nodeOf: (row: Row) => Node,
): Page<Node> {
  const edges = rows.map((row) => ({ cursor: cursorOf(kind, row.key), node: nodeOf(row) }))
  return {
    edges: edges.slice(0, first),
    hasNextPage: edges.length > first,
    hasPreviousPage: after != null,
  }
}

function cursorOf(kind: string, key: string): string {
  return Buffer.from(`${kind}:${key}`).toString('base64url')
}

function keyOf(kind: string, cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  const key = text.startsWith(`${kind}:`) ? text.slice(kind.length + 1) : ''
  if (key !== '' && cursorOf(kind, key) === cursor && !key.includes('\0')) return key
  throw callerError(
    'CURSOR_INVALID',
    `after is "${cursor.slice(0, 100)}", which is no cursor of this list.`,
    'Give the endCursor of the page before, or leave it out for the first page.',
  )
}
