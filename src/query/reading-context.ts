import type { ReadingContext } from '../domain/identifiers/identifier'
import { type IdentifierReading, readIdentifier } from '../domain/identifiers/read-identifier'
import { type AnswerRow, answerBlock, answerSql, pointOf } from './as-of'
import { contractNames } from './contract-names'
import type { Sql } from './sql'

/** Up to so many are read twice sooner than the database answers once. */
const READ_ALONE_MAX = 10

const HEAD = pointOf(null)
const CONTEXT = `
  WITH ${answerSql(HEAD, 1)}
  SELECT answer.*, chain.contracts, chain.chain_id AS "chainId"
  FROM answer LEFT JOIN squid_processor.chain_state AS chain ON chain.id = 0`

/**
 * Reads identifiers, in their order. The record is asked for what a text alone does not tell, in
 * one statement, and not at all where a few texts tell everything: a statement takes longer than to
 * look a unit up.
 *
 * @throws NOTHING_INDEXED no block was read yet; not where the record was not asked
 */
export async function readIdentifiers(
  sql: Sql,
  identifiers: readonly string[],
): Promise<IdentifierReading[]> {
  if (identifiers.length <= READ_ALONE_MAX) {
    const alone = identifiers.flatMap((identifier) => readAlone(identifier) ?? [])
    if (alone.length === identifiers.length) return alone
  }
  const context = await readingContext(sql)
  return identifiers.map((identifier) => readIdentifier(identifier, context))
}

/**
 * What a text says in whatever context; undefined where that depends on contracts, chain or year.
 * Each date with a two-digit year reads otherwise in 2100 than in 2000.
 */
function readAlone(identifier: string): IdentifierReading | undefined {
  let asksContracts = false
  const inYear = (year: number): ReadingContext => ({
    year,
    get contracts() {
      asksContracts = true
      return new Map()
    },
    get chainId() {
      asksContracts = true
      return '0'
    },
  })
  const reading = readIdentifier(identifier, inYear(2000))
  if (asksContracts) return undefined
  const later = readIdentifier(identifier, inYear(2100))
  return JSON.stringify(reading) === JSON.stringify(later) ? reading : undefined
}

async function readingContext(sql: Sql): Promise<ReadingContext> {
  const [row] = await sql<AnswerRow & { contracts: string | null; chainId: string | null }>(CONTEXT)
  const { timestamp } = answerBlock(HEAD, row)
  return {
    contracts: contractNames(row?.contracts ?? null),
    year: timestamp.getUTCFullYear(),
    ...(row?.chainId == null ? {} : { chainId: row.chainId }),
  }
}
