import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATED } from '../../src/check/ledger/blocks'
import { checkLedger } from '../../src/check/ledger/check-ledger'
import { IDS } from '../../src/check/ledger/ids'
import { REFERENCES } from '../../src/check/ledger/references'
import { RULES } from '../../src/check/ledger/rules'
import { KEYED } from '../../src/check/ledger/text-keys'
import { type Sql, sqlOf } from '../../src/persistence/sql'
import { DrivenLedger } from '../support/driven-ledger'
import { MUTATIONS, storyOfEverything } from './mutations'

/**
 * Goal: each rule sees what it is there to see. Method: a ledger in which everything occurs; one
 * row is damaged behind the indexer's back, the rules are asked, the damage is rolled back.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
  const chain = storyOfEverything()
  await ledger.follow(chain, 3)
})
afterAll(() => ledger?.close())

class Undo extends Error {}

/** Names of the rules that report something once the statements were run. */
async function reportedAfter(statements: readonly string[]): Promise<string[]> {
  const names: string[] = []
  await ledger.database
    .transaction(async (manager) => {
      const sql = sqlOf(manager)
      // What a foreign key prevents can still come from a broken restore.
      await sql(`SET LOCAL session_replication_role = 'replica'`)
      for (const statement of statements) await damage(sql, statement)
      for await (const { name, count, first } of checkLedger(sql)) {
        if (count > 0) names.push(name)
        expect(first.length).toBe(Math.min(count, 20))
      }
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return names
}

/** A statement that damages nothing would prove nothing. */
async function damage(sql: Sql, statement: string): Promise<void> {
  const rows = await sql(`${statement} RETURNING 1`)
  expect(rows, statement).not.toEqual([])
}

test('the story breaks no rule', async () => {
  expect(await reportedAfter([])).toEqual([])
})

test.each(MUTATIONS)('$damage', async ({ statements, rules }) => {
  expect(await reportedAfter(statements)).toEqual(rules)
})

test('every rule is seen to fail', () => {
  const failing = new Set(MUTATIONS.flatMap(({ rules }) => rules))
  expect(RULES.map(({ name }) => name).filter((name) => !failing.has(name))).toEqual([])
})

describe('a rule over many tables sees each of them', () => {
  test.each(REFERENCES)('%s.%s leads nowhere', async (table, column) => {
    const nowhere = `(SELECT max("${column}") || '9' FROM ${table})`
    const where = `WHERE id = (SELECT min(id) FROM ${table} WHERE ${column} IS NOT NULL)`
    const statement = `UPDATE ${table} SET ${column} = ${nowhere} ${where}`
    expect(await reportedAfter([statement])).toContain('references')
  })

  test.each(Object.keys(IDS))('an id of %s is another', async (table) => {
    const statement = `UPDATE ${table} SET id = '1' || id WHERE id = (SELECT max(id) FROM ${table})`
    expect(await reportedAfter([statement])).toContain('ids')
  })

  test.each(DATED)('%s, %s: the time is another', async (table, height, time) => {
    const where = `WHERE id = (SELECT max(id) FROM ${table} WHERE ${height} IS NOT NULL)`
    const statement = `UPDATE ${table} SET ${time} = ${time} + interval '1 ms' ${where}`
    expect(await reportedAfter([statement])).toContain('block-times')
  })

  test.each(KEYED)('$text of $table: the key is another', async ({ table, text, key }) => {
    const where = `WHERE id = (SELECT min(id) FROM ${table} WHERE ${text} <> '')`
    const statement = `UPDATE ${table} SET ${key} = ${key} || '.' ${where}`
    expect(await reportedAfter([statement])).toContain('text-keys')
  })
})
