import type { EntityManager } from 'typeorm'

/** One parameterised statement of the current transaction; the rows that it returns. */
export type Sql = <Row>(text: string, parameters?: readonly unknown[]) => Promise<Row[]>

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

function isPair<Row>(result: Row[] | [Row[], number]): result is [Row[], number] {
  return result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number'
}
