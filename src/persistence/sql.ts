import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { EntityManager } from 'typeorm'

/** One parameterised statement of the current transaction; the rows that it returns. */
export type Sql = <Row>(text: string, parameters?: readonly unknown[]) => Promise<Row[]>

/** What writes within one transaction: statements, and whole files of rows. */
export interface Writer {
  readonly sql: Sql
  /** Runs a `COPY … FROM STDIN` with the text of the rows in its format, in any pieces. */
  copy(text: string, pieces: Iterable<Buffer>): Promise<void>
}

/**
 * TypeORM answers a SELECT with rows and an UPDATE or DELETE with a pair; only rows are of use
 * here.
 */
export function sqlOf(manager: EntityManager): Sql {
  return async <Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
    const result: Row[] | [Row[], number] = await manager.query(text, [...parameters])
    return isPair(result) ? result[0] : result
  }
}

/** @param manager of a transaction: rows go through the connection that holds it */
export function writerOf(manager: EntityManager): Writer {
  const { queryRunner } = manager
  if (queryRunner === undefined) throw new Error('rows are written outside a transaction')
  return {
    sql: sqlOf(manager),
    async copy(text, pieces) {
      const client: ClientBase = await queryRunner.connect()
      await pipeline(Readable.from(pieces), client.query(copyFrom(text)))
    },
  }
}

function isPair<Row>(result: Row[] | [Row[], number]): result is [Row[], number] {
  return result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number'
}
