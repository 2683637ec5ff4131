import { DeviceTrailError } from '../../domain/errors'
import { identityKey, textKey } from '../../domain/identity-key'
import { inOrder } from '../in-order'
import type { Device } from '../questions/entities'
import { type DeviceLookup, LOOKUP_DEVICES } from '../questions/lookup-devices'
import type { Server } from '../server/server'
import { inBatches } from './batches'
import type { ListRow } from './read-list'
import { SeenRows } from './seen-rows'

/** Requests under way at once: the server works on one while the other travels. */
const REQUESTS = 2

/** `BLANK`: the line has no identifier; the other outcomes are the server's. */
export type Outcome = DeviceLookup['outcome'] | 'BLANK'

/** What became of one row of a list. */
export interface LookedUpRow extends ListRow {
  readonly outcome: Outcome
  readonly device: Device | null
  /** Devices that answer to it. */
  readonly candidates: number
  /** The first row of the list that names the same. */
  readonly duplicateOf: number | null
  readonly problems: readonly string[]
}

/**
 * Looks up a list of any length: one result for each row, in order, batch by batch.
 *
 * A server finds duplicates within one request only; here they are found across the list, so that
 * the outcome of a row does not depend on how the list is cut.
 */
export async function* lookUp(
  server: Server,
  rows: AsyncIterable<ListRow>,
): AsyncGenerator<LookedUpRow[]> {
  const seen = new SeenRows()
  const answers = inOrder(inBatches(rows), REQUESTS, async (batch) => {
    return { batch, answers: await answersTo(server, batch) }
  })
  for await (const { batch, answers: given } of answers) yield joined(batch, given, seen)
}

/** The answers to the rows that are not blank, in their order. */
async function answersTo(server: Server, batch: readonly ListRow[]): Promise<DeviceLookup[]> {
  const identifiers = asked(batch).map(({ identifier }) => identifier)
  if (identifiers.length === 0) return []
  const { lookupDevices } = await server.ask(LOOKUP_DEVICES, { identifiers })
  const isComplete =
    lookupDevices.length === identifiers.length &&
    lookupDevices.every(({ row }, n) => row === n + 1)
  if (isComplete) return lookupDevices
  throw new DeviceTrailError({
    code: 'SERVER_DIFFERENT',
    remedy: 'human',
    what: `The server answered ${identifiers.length} identifiers with other rows.`,
    todo: 'Nothing of the list after this can be trusted; report it.',
  })
}

function asked(batch: readonly ListRow[]): ListRow[] {
  return batch.filter(({ identifier }) => identifier !== '')
}

function joined(
  batch: readonly ListRow[],
  answers: readonly DeviceLookup[],
  seen: SeenRows,
): LookedUpRow[] {
  const results: LookedUpRow[] = []
  const unread = answers.values()
  const answered: LookedUpRow[] = []
  for (const row of batch) {
    const answer = row.identifier === '' ? undefined : unread.next().value
    const result = answer === undefined ? blank(row) : resultOf(row, answer, answered, seen)
    if (answer !== undefined) answered.push(result)
    results.push(result)
  }
  return results
}

function blank(row: ListRow): LookedUpRow {
  const nothing = { device: null, candidates: 0, duplicateOf: null, problems: [] }
  return { ...row, outcome: 'BLANK', ...nothing }
}

/** @param answered rows of the same request that come before */
function resultOf(
  row: ListRow,
  answer: DeviceLookup,
  answered: readonly LookedUpRow[],
  seen: SeenRows,
): LookedUpRow {
  const first = firstRow(row, answer, answered, seen)
  return {
    ...row,
    outcome: first === null ? answer.outcome : 'DUPLICATE_ROW',
    device: answer.device,
    candidates: answer.candidateCount,
    duplicateOf: first,
    problems: answer.parsed.problems,
  }
}

function firstRow(
  { row, identifier }: ListRow,
  answer: DeviceLookup,
  answered: readonly LookedUpRow[],
  seen: SeenRows,
): number | null {
  if (answer.outcome === 'INVALID') return null
  if (answer.outcome !== 'DUPLICATE_ROW') {
    return seen.firstRow(identityOf(identifier, answer), row) ?? null
  }
  const earlier = answered[(answer.duplicateOf ?? 0) - 1]
  return earlier === undefined ? row : (earlier.duplicateOf ?? earlier.row)
}

/** What two rows must share to be duplicates, as far as a client can see it. */
function identityOf(identifier: string, { device, parsed }: DeviceLookup): string {
  if (device !== null) return `device ${device.id}`
  const { udiDi, serial } = parsed
  if (udiDi !== null && serial !== null) return `identity ${identityKey(udiDi, serial)}`
  return `text ${textKey(identifier)}`
}
