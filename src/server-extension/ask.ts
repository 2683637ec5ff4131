import { GraphQLError } from 'graphql'
import type { ClientBase } from 'pg'
import type { EntityManager } from 'typeorm'
import { DeviceTrailError } from '../domain/errors'
import { type Sql, statementOf } from '../query/sql'

/**
 * Opens the transaction of the request, once; graphql-server makes every resolver class with it.
 */
export type OpenTransaction = () => Promise<EntityManager>

/** Puts a question in the transaction of the request; faults are told as `tell` does. */
export function ask<Answer>(
  transaction: OpenTransaction,
  question: (sql: Sql) => Promise<Answer>,
): Promise<Answer> {
  return tell(async () => {
    const { queryRunner } = await transaction()
    const connection: ClientBase | undefined = await queryRunner?.connect()
    if (connection === undefined) throw new TypeError('a transaction without a connection')
    return question(
      async (...statement) => (await connection.query(statementOf(...statement))).rows,
    )
  })
}

/**
 * Answers, or tells the caller: a fault of the caller becomes an error with its code under
 * `extensions`; every other error is left as it is, for the edge to hide.
 */
export async function tell<Answer>(question: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await question()
  } catch (error) {
    throw error instanceof DeviceTrailError && error.remedy === 'caller' ? told(error) : error
  }
}

function told({ message, code, remedy }: DeviceTrailError): GraphQLError {
  const extensions = { code, remedy }
  return new GraphQLError(
    message,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    extensions,
  )
}
