import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimChain } from '../../src/persistence/chain-state'
import { verifyDevice } from '../../src/query/verify-device'
import { VERDICTS } from '../../src/query/verify-device/finding'
import { history, straight } from '../support/branch'
import { ONE, TWO } from '../support/chain'
import { DrivenLedger } from '../support/driven-ledger'
import { answerOrCode } from '../support/oracle/answer-or-code'
import { askedClaims } from '../support/oracle/asked-claims'
import { askedIdentifier } from '../support/oracle/asked-identifier'
import { found } from '../support/oracle/unit-finding'
import { type ExpectedVerification, verification } from '../support/oracle/verification'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: no unit is called genuine that is not, and none is missed. Method: random identifiers and
 * claims over random histories; verdict, candidates, and every reason with the log that it rests
 * on are compared with an oracle that replays the raw logs.
 */

type Question = Parameters<typeof verification>[2]

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
  const contracts = `one=${ONE}@0,two=${TWO}@0`
  await claimChain(ledger.sql, { chainId: '31337', genesisHash: '0x', contracts })
})
afterAll(async () => {
  await ledger?.close()
})

/** Reasons that about one history in a hundred meets; rarer ones have tests of their own. */
const RARE = [
  'DUPLICATE_IDENTITY',
  'MODEL_APPROVAL_REVOKED',
  'MODEL_NOT_APPROVED_AT_MINT',
  'MOVED_WHILE_RECALLED',
  'MOVE_BY_NON_HOLDER',
  'NAMES_A_LOT',
  'NAMES_A_MODEL',
  'RECALL_CLOSED',
  'SOLD_WHILE_RECALLED',
]

const question = fc.record({ identifier: askedIdentifier, claims: askedClaims })

test('a verification weighs what a naive replay weighs', async () => {
  const settings = propertySettings(500)
  const seen = new Map<string, number>([...VERDICTS, ...RARE].map((name) => [name, 0]))
  const see = (name: string) => seen.set(name, (seen.get(name) ?? 0) + 1)
  const questions = fc.array(question, { minLength: 8, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(history, fc.nat(6), questions, async (steps, hot, all) => {
      const chain = straight(steps)
      await ledger.clear()
      await ledger.follow(chain, hot)
      const finalHeight = Math.max(0, chain.length - 1 - hot)
      for (const asked of all) {
        const expected = verification(chain, finalHeight, asked)
        const answer = await answerOrCode(() => ask(asked))
        expect({ asked, answer }).toEqual({ asked, answer: expected })
        if ('error' in expected) {
          see(expected.error)
          continue
        }
        see(expected.verdict)
        const codes = expected.reasons.map((reason) => reason.replace(/@.*/, ''))
        for (const code of RARE.filter((one) => codes.includes(one))) see(code)
      }
    }),
    settings,
  )
  const { numRuns, seed } = settings
  const verdicts = JSON.stringify(Object.fromEntries(seen))
  console.log(`verifyDevice: ${numRuns} histories, ${verdicts}, seed ${seed}`)
  // Each verdict and reason must have been tried; a short run meets the rare ones by luck only.
  if (numRuns >= 500) expect(Math.min(...seen.values())).toBeGreaterThan(0)
}, 1_200_000)

async function ask({ identifier, claims }: Question): Promise<ExpectedVerification> {
  const answer = await verifyDevice(ledger.sql, { identifier: identifier.text, claims })
  const { input, syntax, problems, ...says } = answer.parsed
  expect({ input, syntax }).toEqual({ input: identifier.text, syntax: identifier.syntax })
  if (answer.verdict === 'INVALID') expect(problems).not.toEqual([])
  const reasons = answer.reasons.map(({ code, txHash, blockHeight: height, logIndex }) => {
    const rests = txHash !== null && height !== null && logIndex !== null
    return found(code, rests ? { height, logIndex, txHash } : null).reason
  })
  const { verdict, deviceId, candidateIds, openRecallIds, asOf } = answer
  return { verdict, reasons: reasons.sort(), deviceId, candidateIds, openRecallIds, says, asOf }
}
