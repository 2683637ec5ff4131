import { compared } from './comparison'
import { sqlRule } from './rule'

/** The first event of a kind: identities are stated once, and a second statement changes nothing. */
function first(kind: string, of: string, name: string): string {
  return `LEFT JOIN LATERAL (SELECT * FROM device_event e WHERE e.kind = '${kind}' AND ${of}
    ORDER BY e.id LIMIT 1) AS ${name} ON TRUE`
}

/** Columns that an event's detail fills, by the key of the detail. */
function stated(row: string, event: string, columns: Readonly<Record<string, string>>) {
  const pairs = Object.entries(columns).map(([column, key]) => {
    return [column, [`${row}.${column}`, `${event}.detail->>'${key}'`]] as const
  })
  return Object.fromEntries(pairs)
}

const SUBMITTED = first('MODEL_SUBMITTED', 'e.model_id = m.id AND e.device_id IS NULL', 'said')

/** A wrong serial or lot is a unit that a recall passes by. */
const DEVICE_IDENTITY = sqlRule(
  'device-identity',
  'Model, serial, lot and dates of a device are those of its first mint statement.',
  ['device'],
  compared(
    `device d ${first('MINTED', 'e.device_id = d.id', 'minted')}
     LEFT JOIN (SELECT m.id, m.udi_di_key, said.block_height, said.log_index
       FROM device_model m ${SUBMITTED}) AS model ON model.id = minted.model_id`,
    'd.id',
    {
      model_id: ['d.model_id', 'minted.model_id'],
      manufacturer_id: ['d.manufacturer_id', 'minted.party_id'],
      ...stated('d', 'minted', {
        serial: 'serial',
        lot: 'lot',
        manufactured_on: 'manufacturedOn',
        expires_on: 'expiresOn',
      }),
      // Only a model that was submitted by then could lend its UDI-DI.
      identity_key: [
        'd.identity_key',
        `CASE WHEN model.udi_di_key <> '' AND (model.block_height, model.log_index)
            < (minted.block_height, minted.log_index)
          THEN model.udi_di_key || '|' || d.serial_key END`,
      ],
      identity_block: ['d.identity_block', 'minted.block_height'],
      identity_log_index: ['d.identity_log_index', 'minted.log_index'],
    },
  ),
)

const MODEL_IDENTITY = sqlRule(
  'model-identity',
  'UDI-DI, name and manufacturer of a model are those of its first submission.',
  ['device_model'],
  compared(`device_model m ${SUBMITTED}`, 'm.id', {
    manufacturer_id: ['m.manufacturer_id', 'said.party_id'],
    ...stated('m', 'said', {
      udi_di: 'udiDi',
      name: 'name',
      metadata_uri: 'metadataUri',
      metadata_hash: 'metadataHash',
    }),
  }),
)

const RECALL_IDENTITY = sqlRule(
  'recall-identity',
  'A recall says what its first notice said, and is closed from its first closing on.',
  ['recall'],
  compared(
    `recall r ${first('RECALL_ISSUED', 'e.recall_id = r.id', 'issued')}
     ${first('RECALL_CLOSED', 'e.recall_id = r.id', 'closed')}`,
    'r.id',
    {
      class: ['r.class', `COALESCE(issued.detail->>'class', 'UNKNOWN')`],
      model_id: ['r.model_id', 'issued.model_id'],
      issuer_id: ['r.issuer_id', 'issued.party_id'],
      ...stated('r', 'issued', {
        reason: 'reason',
        notice_uri: 'noticeUri',
        notice_hash: 'noticeHash',
      }),
      status: ['r.status', `CASE WHEN closed.id IS NULL THEN 'OPEN' ELSE 'CLOSED' END`],
      closed_block: ['r.closed_block', 'closed.block_height'],
      closed_log_index: ['r.closed_log_index', 'closed.log_index'],
      closed_at: ['r.closed_at', 'closed."timestamp"'],
    },
  ),
)

export const IDENTITY_RULES = [DEVICE_IDENTITY, MODEL_IDENTITY, RECALL_IDENTITY]
