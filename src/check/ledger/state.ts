import { DEVICE_STATE, MODEL_STATE, OWNER_STATE } from '../../persistence/derive-state'
import { derived } from './comparison'
import { sqlRule } from './rule'

/**
 * Current state is what the facts make of it, by the statements of the unwind. The disposition is
 * computed from it by the database itself.
 */
export const STATE_RULES = [
  sqlRule(
    'device-state',
    'Holder, lock, hand-off, price and metadata of a device are what its periods and events say.',
    ['device'],
    derived(DEVICE_STATE),
  ),
  sqlRule(
    'model-status',
    'The status of a model is that of its last judgement.',
    ['device_model'],
    derived(MODEL_STATE),
  ),
  sqlRule(
    'directory',
    'Name, kind and number of a party are those of its last directory entry.',
    ['owner'],
    derived(OWNER_STATE),
  ),
]
