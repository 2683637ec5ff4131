import type { Changes, Draft } from '../projection/draft'
import { insertion, type Statement, update } from './bulk'
import { DEVICE_IDENTITIES, DEVICE_METADATA, DEVICE_STATUS, NEW_DEVICES } from './device-tables'
import { ANOMALIES, BLOCKS, EVENTS, PERIOD_ENDS, PERIODS, SCOPES } from './fact-tables'
import { type RecallNews, writeRecallUnits } from './recall-membership'
import type { Writer } from './sql'
import { MODELS, OWNERS, RECALLS } from './state-tables'

/**
 * The outcome of a batch, ready to be sent. Its draft is not kept: the facts in it take most of the
 * memory, and are rendered.
 */
export interface RenderedBatch {
  /** What the batch behind it builds on. */
  readonly changes: Changes
  /** Its rows, parents before children. */
  readonly statements: Statement[]
  readonly recallNews: RecallNews
}

/** Renders the outcome of a batch, without the database. */
export async function renderBatch(draft: Draft): Promise<RenderedBatch> {
  const statements = [
    ...(await insertion(BLOCKS, draft.blocks)),
    ...(await insertion(OWNERS, draft.owners.inserted())),
    ...(await update(OWNERS, draft.owners.updated())),
    ...(await insertion(MODELS, draft.models.inserted())),
    ...(await update(MODELS, draft.models.updated())),
    ...(await insertion(NEW_DEVICES, draft.newDevices())),
    ...(await update(DEVICE_IDENTITIES, draft.ofOldDevices(draft.identified))),
    ...(await update(DEVICE_METADATA, draft.ofOldDevices(draft.metadata))),
    ...(await update(DEVICE_STATUS, draft.devices.updated())),
    ...(await update(PERIOD_ENDS, draft.periodsClosed)),
    ...(await insertion(PERIODS, [...draft.periodsOpened.values()])),
    ...(await insertion(RECALLS, draft.recalls.inserted())),
    ...(await update(RECALLS, draft.recalls.updated())),
    ...(await insertion(SCOPES, draft.scopes)),
    ...(await insertion(EVENTS, draft.events)),
    ...(await insertion(ANOMALIES, draft.anomalies)),
  ]
  const { identified, scopes, resolutions } = draft
  return {
    changes: draft.changes(),
    statements,
    recallNews: { units: [...identified.keys()], scopes, resolutions },
  }
}

/**
 * Writes what was rendered, and lets go of each statement when it is sent: the batch behind it is
 * in memory as well. The caller holds the transaction.
 */
export async function writeBatch(writer: Writer, batch: RenderedBatch): Promise<void> {
  // There is always one: the batch names its blocks.
  if (batch.statements.length === 0) throw new Error('a rendered batch can be written once')
  for (let send = batch.statements.shift(); send; send = batch.statements.shift()) {
    await send(writer)
  }
  await writeRecallUnits(writer.sql, batch.recallNews)
}
