import type { Question } from './question'
import { ACTIVITY, ACTIVITY_OF_SMALL } from './questions/activity'
import { CHANGES } from './questions/changes'
import { CUSTODY_NOW, CUSTODY_THEN } from './questions/custody-chain'
import { CUSTODY_FLOWS, CUSTODY_FLOWS_OF_SMALL } from './questions/custody-flows'
import { HOLDINGS, HOLDINGS_OF_SMALL } from './questions/holdings'
import { INDEXER_STATUS } from './questions/indexer-status'
import { LOOKUP_DEVICES, LOOKUP_OF_ONE } from './questions/lookup-devices'
import { RECALL_LOOKUP, RECALL_LOOKUP_OF_SMALL } from './questions/recall-lookup'
import { RECALL_PROGRESS, RECALL_PROGRESS_OF_SMALL } from './questions/recall-progress'
import { VERIFY_DEVICE } from './questions/verify-device'

/** Everything that is measured, in the order of the report. */
export const QUESTIONS: readonly Question[] = [
  INDEXER_STATUS,
  CUSTODY_NOW,
  CUSTODY_THEN,
  ...VERIFY_DEVICE,
  ...LOOKUP_DEVICES,
  ...RECALL_LOOKUP,
  RECALL_PROGRESS,
  ...HOLDINGS,
  ...CHANGES,
  ACTIVITY,
  CUSTODY_FLOWS,
]

/**
 * The same questions where their answers are as large in small data as in large: what more they
 * cost in large data, they cost for nothing.
 */
export const QUESTIONS_OF_ONE_SIZE: readonly Question[] = [
  CUSTODY_NOW,
  CUSTODY_THEN,
  ...VERIFY_DEVICE,
  LOOKUP_OF_ONE,
  ...RECALL_LOOKUP_OF_SMALL,
  RECALL_PROGRESS_OF_SMALL,
  ...HOLDINGS_OF_SMALL,
  ...CHANGES,
  ACTIVITY_OF_SMALL,
  CUSTODY_FLOWS_OF_SMALL,
]
