import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDataset } from '../../bench/queries/dataset/build'
import { Reader } from '../../bench/queries/measure'
import {
  grewWithTable,
  plansOf,
  type QuestionPlans,
  wrongScans,
} from '../../bench/queries/plan-rules'
import { QUESTIONS_OF_ONE_SIZE } from '../../bench/queries/questions'
import { freshDatabase, type TestDatabase } from '../support/postgres'

const SMALL = 10_000
const LARGE = 40_000
const SEED = 1

/**
 * The plans of every statement that the questions send, on the data of `npm run bench -- queries`
 * in two smaller sizes. `npm run bench -- queries --plans` looks at the same in full size.
 */
describe('what the questions cost in a table that grows', () => {
  const databases: TestDatabase[] = []
  let small: QuestionPlans[]
  let large: QuestionPlans[]

  beforeAll(async () => {
    const plansAt = async (devices: number) => {
      const database = await freshDatabase()
      databases.push(database)
      await buildDataset(database.url, devices)
      const reader = await Reader.open(database.url)
      return plansOf(reader, QUESTIONS_OF_ONE_SIZE, SEED).finally(() => reader.close())
    }
    small = await plansAt(SMALL)
    large = await plansAt(LARGE)
  }, 300_000)
  afterAll(() => Promise.all(databases.map((database) => database.drop())))

  it('is looked at: a question without a statement would pass every rule', () => {
    expect(large.map(({ question }) => question)).toHaveLength(QUESTIONS_OF_ONE_SIZE.length)
    for (const { plans, pages } of large) {
      expect(plans.length).toBeGreaterThan(0)
      expect(pages).toBeGreaterThan(0)
    }
  })

  it('is never the reading of a whole table where an index serves', () => {
    expect(wrongScans(large)).toEqual([])
  })

  it('grows with the answer, not with the table', () => {
    expect(grewWithTable(small, large)).toEqual([])
  })
})
