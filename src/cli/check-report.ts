import type { Sample } from '../check/chain/sample'
import type { Difference, RuleResult } from '../check/difference'
import type { CheckOutcome } from '../check/run-check'
import { EXIT } from '../client/exit-codes'
import { number, type Report, sheet, text } from '../client/report/report'
import { DeviceTrailError } from '../domain/errors'

/** 1 where anything differs; 69 where nothing does, but something could not be checked. */
export function exitOf(results: readonly RuleResult[]): number {
  if (results.some(({ count }) => count > 0)) return EXIT.findings
  return results.some(({ unchecked }) => unchecked !== null) ? EXIT.unavailable : EXIT.ok
}

const VERDICTS: Readonly<Record<number, string>> = {
  [EXIT.ok]: 'all agrees',
  [EXIT.findings]: 'differences were found',
  [EXIT.unavailable]: 'part could not be checked, the rest agrees',
}

/** @param sample of the comparison with the chain, where there was one */
export function checkReport(
  { head, comparedAt, results }: CheckOutcome,
  sample: Sample | undefined,
): Report {
  const differences = results.flatMap(({ name, first }) => first.map((each) => ({ name, ...each })))
  const unchecked = results.filter((result) => result.unchecked !== null)
  const compared = sample && {
    comparedAtBlock: comparedAt?.height ?? null,
    comparedAtHash: comparedAt?.hash ?? null,
    units: sample.size,
    seed: sample.seed,
  }
  const facts = () => ({
    verdict: VERDICTS[exitOf(results)] ?? null,
    block: head?.height ?? null,
    blockHash: head?.hash ?? null,
    ...compared,
  })
  return {
    main: 'rules',
    parts: [
      { name: 'check', facts },
      sheet('rules', RULE_COLUMNS, results),
      sheet('differences', DIFFERENCE_COLUMNS, differences),
      sheet('unchecked', [ruleName, text('why', ({ unchecked }: RuleResult) => unchecked)], unchecked),
    ],
  }
}

const ruleName = text('rule', ({ name }: RuleResult) => name)

const RULE_COLUMNS = [
  ruleName,
  number('checked', ({ checked }: RuleResult) => checked),
  number('differences', ({ count }: RuleResult) => count),
  number('seconds', ({ seconds }: RuleResult) => Math.round(seconds * 100) / 100),
  text('proves', ({ proves }: RuleResult) => proves),
]

type Named = Difference & { name: string }

const DIFFERENCE_COLUMNS = [
  text('rule', ({ name }: Named) => name),
  text('of', ({ subject }: Named) => subject),
  text('field', ({ field }: Named) => field),
  text('ledgerSays', ({ recorded }: Named) => recorded ?? '(nothing)'),
  text('shouldBe', ({ expected }: Named) => expected ?? '(nothing)'),
]

const AWAY = /^(08...|53...|57P0[1-5]|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT)$/

/** A failure of the database in words; 1 means differences, so that no failure may end with it. */
export function checkFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isAway = AWAY.test(code) || /connection terminated/i.test(String(error))
  if (error instanceof DeviceTrailError || !isAway) return error
  return new DeviceTrailError(
    {
      code: 'DATABASE_UNAVAILABLE',
      remedy: 'retry',
      what: `The database cannot be reached: ${error instanceof Error ? error.message : error}.`,
      todo: 'Look whether it runs and whether DB_URL is right, then try again.',
    },
    { cause: error },
  )
}
