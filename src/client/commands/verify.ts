import { asOfFacts } from '../columns/answer-facts'
import { deviceColumns, presentColumns } from '../columns/entity-columns'
import { VERDICT_EXIT } from '../exit-codes'
import type { Device } from '../questions/entities'
import { type Reason, VERIFY_DEVICE, type Verification } from '../questions/verify-device'
import { number, type Report, sheet, text } from '../report/report'
import type { Style } from '../report/write-report'
import { writeReport } from '../report/write-report'
import type { Server } from '../server/server'
import type { Terminal } from '../terminal'

/** What the label or the seller says; the names are those of the API. */
export interface Claims {
  readonly udiDi?: string
  readonly serial?: string
  readonly lot?: string
  readonly manufacturedOn?: string
  readonly expiresOn?: string
  readonly holder?: string
}

/**
 * Is this unit genuine? Prints the verdict and the reasons, each with the log that it rests on.
 *
 * @returns the exit code of the verdict
 */
export async function verify(
  server: Server,
  { identifier, claims }: { identifier: string; claims: Claims },
  style: Style,
  terminal: Terminal,
): Promise<number> {
  const { verifyDevice } = await server.ask(VERIFY_DEVICE, { identifier, claims })
  await writeReport(verificationReport(identifier, verifyDevice), style, terminal)
  return VERDICT_EXIT[verifyDevice.verdict]
}

function verificationReport(identifier: string, answer: Verification): Report {
  const { verdict, device, parsed, candidates, openRecalls } = answer
  const recalls = openRecalls.map((recall) => `${recall.id} (class ${recall.class})`)
  const facts = () => ({
    verdict,
    openRecalls: recalls.join(', ') || null,
    identifier,
    readAs: parsed.syntax,
    device: device?.id ?? null,
    model: device?.model?.name ?? null,
    serial: device?.serial ?? null,
    lot: device?.lot ?? null,
    expiresOn: device?.expiresOn ?? null,
    ...asOfFacts(answer.asOf),
  })
  const columns = [
    text<Reason>('verdict', () => verdict),
    text<Reason>('code', ({ code }) => code),
    number<Reason>('block', ({ blockHeight }) => blockHeight),
    number<Reason>('logIndex', ({ logIndex }) => logIndex),
    text<Reason>('message', ({ message }) => message),
    text<Reason>('txHash', ({ txHash }) => txHash),
  ]
  const problems = sheet('problems', [text<string>('problem', (each) => each)], parsed.problems)
  return {
    parts: [
      { name: 'answer', facts },
      sheet('reasons', columns, answer.reasons),
      ...(candidates.length > 1 ? [candidateSheet(candidates)] : []),
      ...(parsed.problems.length > 0 ? [problems] : []),
    ],
    main: 'reasons',
  }
}

/** The devices that answer to an identifier, none of them picked. */
export function candidateSheet(candidates: readonly Device[]) {
  const of = (device: Device) => device
  return sheet('candidates', [...deviceColumns(of), ...presentColumns(of)], candidates)
}
