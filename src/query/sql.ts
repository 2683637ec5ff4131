import { createHash } from 'node:crypto'

/**
 * How a question reaches the database: one parameterised statement, rows as plain objects. The
 * answer to one request is read in one transaction with one snapshot, so that its numbers and its
 * BlockRef belong together.
 *
 * @param plan `kept`: the connection may plan the statement once for all its parameters. That
 *   saves most of the time of a look-up, which takes longer to plan than to execute; it is for
 *   statements whose best plan is the same whatever is asked. A page that is ordered by an index
 *   is none: without its limit the planner takes it for a tenth of the table.
 */
export type Sql = <Row>(
  text: string,
  parameters?: readonly unknown[],
  plan?: 'kept',
) => Promise<Row[]>

/** A statement as `pg` takes it: one with a name is planned once for each connection. */
export interface Statement {
  text: string
  values: unknown[]
  name?: string
}

export function statementOf(
  text: string,
  parameters: readonly unknown[] = [],
  plan?: 'kept',
): Statement {
  const values = [...parameters]
  return plan === 'kept' ? { text, values, name: nameOf(text) } : { text, values }
}

/** One text, one name: `pg` refuses a name that it knows with another text. */
function nameOf(text: string): string {
  return `devicetrail_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}
