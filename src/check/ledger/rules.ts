import { ANOMALIES_TOLD } from './anomalies'
import { BLOCK_RULES } from './blocks'
import { COUNTS } from './counts'
import { CUSTODY_TILES } from './custody'
import { FIRST_SEEN } from './first-seen'
import { IDENTITY_RULES } from './identity'
import { IDS_MATCH } from './ids'
import { RECALL_RULES } from './recalls'
import { REFERENCES_LEAD } from './references'
import type { Rule } from './rule'
import { STATE_RULES } from './state'
import { TEXT_KEYS } from './text-keys'

/** Every rule that a ledger keeps, in the order in which a person would look. */
export const RULES: readonly Rule[] = [
  CUSTODY_TILES,
  ...STATE_RULES,
  ...IDENTITY_RULES,
  COUNTS,
  ...RECALL_RULES,
  ...BLOCK_RULES,
  FIRST_SEEN,
  REFERENCES_LEAD,
  IDS_MATCH,
  TEXT_KEYS,
  ANOMALIES_TOLD,
]
