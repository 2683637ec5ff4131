/**
 * How a question reaches the database: one parameterised statement, rows as plain objects. The
 * answer to one request is read in one transaction with one snapshot, so that its numbers and its
 * BlockRef belong together.
 */
export type Sql = <Row>(text: string, parameters?: readonly unknown[]) => Promise<Row[]>
