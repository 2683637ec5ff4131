import { UNIT_RESOLUTION } from '../../persistence/derive-state'
import { ALL_MEMBERSHIPS } from '../../persistence/recall-membership'
import { compared, derived } from './comparison'
import { sqlRule } from './rule'

/** What each scope event names, in the order of its numbers. */
const NAMED = `(
  SELECT e.id || '-' || row_number() OVER (PARTITION BY e.id ORDER BY named.part, named.place) - 1
      AS id,
    e.recall_id, e.block_height, e.log_index, named.kind, named.value, issued.model_id
  FROM device_event e
  CROSS JOIN LATERAL (
    SELECT 0 AS part, 0 AS place, 'MODEL' AS kind, '' AS value
    WHERE (e.detail->>'wholeModel')::boolean
    UNION ALL SELECT 1, place, 'LOT', value
    FROM jsonb_array_elements_text(e.detail->'lots') WITH ORDINALITY AS lot(value, place)
    UNION ALL SELECT 2, place, 'SERIAL', value
    FROM jsonb_array_elements_text(e.detail->'serials') WITH ORDINALITY AS serial(value, place)
  ) AS named
  LEFT JOIN LATERAL (
    SELECT i.model_id, i.id FROM device_event i
    WHERE i.recall_id = e.recall_id AND i.kind = 'RECALL_ISSUED' ORDER BY i.id LIMIT 1
  ) AS issued ON issued.id < e.id
  WHERE e.kind = 'RECALL_SCOPE_ADDED')`

const SCOPES = sqlRule(
  'recall-scopes',
  'The scope of a recall is what its scope events name.',
  ['recall_scope'],
  compared(
    `recall_scope s FULL JOIN ${NAMED} AS named ON named.id = s.id`,
    'COALESCE(s.id, named.id)',
    {
      scope: ['s.id', 'named.id'],
      recall_id: ['s.recall_id', 'named.recall_id'],
      model_id: ['s.model_id', 'named.model_id'],
      kind: ['s.kind', 'named.kind'],
      value: ['s.value', 'named.value'],
      block_height: ['s.block_height', 'named.block_height'],
      log_index: ['s.log_index', 'named.log_index'],
    },
  ),
)

/** A unit missing here is a unit that nobody is warned of. */
const UNITS = sqlRule(
  'recall-units',
  'The units of a recall are those that its scopes name while it is open, since when they do.',
  ['recall_unit'],
  compared(
    `recall_unit u FULL JOIN (${ALL_MEMBERSHIPS}) AS named ON named.id = u.id`,
    'COALESCE(u.id, named.id)',
    {
      unit: ['u.id', 'named.id'],
      recall_id: ['u.recall_id', 'named.recall_id'],
      device_id: ['u.device_id', 'named.device_id'],
      block_height: ['u.block_height', 'named.block_height'],
      log_index: ['u.log_index', 'named.log_index'],
    },
  ),
)

const RESOLUTIONS = sqlRule(
  'recall-resolutions',
  'A unit is resolved as was last reported since it belongs to the recall.',
  ['recall_unit'],
  derived(UNIT_RESOLUTION),
)

export const RECALL_RULES = [SCOPES, UNITS, RESOLUTIONS]
