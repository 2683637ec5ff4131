import { type ScriptedBlock, TWO } from '../support/chain'
import {
  ANN,
  anyLog,
  approved,
  BOB,
  chainOf,
  handoffStarted,
  locked,
  MAKER,
  minted,
  moved,
  NOBODY,
  recallClosed,
  recallIssued,
  resolved,
  scopeAdded,
  submitted,
} from '../support/story'

/** A ledger in which every table, column and kind of anomaly that a rule looks at occurs. */
export function storyOfEverything(): ScriptedBlock[] {
  const party = (who: string, name: string) =>
    anyLog('PartyUpdated', { party: who, kind: 4, name, gln: '9506000134352' })
  return chainOf(
    [party(MAKER, 'Acme'), party(ANN, 'St. Mary')],
    [submitted(), approved(), submitted(1n, TWO)],
    minted(1n),
    minted(2n, { lot: 'L2', manufacturedOn: 20260101, expiresOn: 20270101 }),
    minted(3n, { lot: 'ß-Lot' }),
    moved(1n, MAKER, ANN),
    [moved(1n, ANN, BOB), moved(1n, BOB, ANN)],
    [recallIssued(), scopeAdded({ lots: ['L1', 'L2'], serials: ['S3'] })],
    [recallIssued(2n), scopeAdded({ wholeModel: true }, 2n)],
    resolved(1n, 2),
    [resolved(2n, 1), resolved(2n, 2)],
    recallClosed(2n),
    resolved(7n, 2),
    moved(2n, MAKER, NOBODY),
    moved(2n, NOBODY, BOB),
    moved(9n, ANN, BOB),
    minted(5n, { serial: 'S1' }, TWO),
    [locked(3n), handoffStarted(3n, MAKER, BOB)],
    anyLog('SaleListed', { tokenId: 1n, seller: ANN, price: 5n }),
    minted(4n, { lot: 'L9' }),
    moved(4n, MAKER, NOBODY),
    [],
  )
}

/** Damage to one ledger, and the rules that must tell of it: these and no others. */
export interface Mutation {
  readonly damage: string
  readonly statements: readonly string[]
  readonly rules: readonly string[]
}

function one(damage: string, statement: string, ...rules: string[]): Mutation {
  return { damage, statements: [statement], rules }
}

const OPEN_AGAIN = `until_block = NULL, until_log_index = NULL, until = NULL, until_tx_hash = NULL,
  ended_by_burn = FALSE`

const CUSTODY: readonly Mutation[] = [
  one(
    'a period in the middle is lost',
    `DELETE FROM custody_period WHERE id = 'one-1-1'`,
    'custody-tiles',
  ),
  one(
    'the last period is lost',
    `DELETE FROM custody_period WHERE id = 'one-1-3'`,
    'custody-tiles',
    'device-state',
  ),
  one(
    'a period that was left is open again: the undo of a close went too far',
    `UPDATE custody_period SET ${OPEN_AGAIN} WHERE id = 'one-1-0'`,
    'custody-tiles',
  ),
  one(
    'the close of the last period stayed when its move was undone',
    `DELETE FROM custody_period WHERE id = 'one-2-1'`,
    'device-state',
  ),
  one(
    'a period begins at another log than the one before ended',
    `UPDATE custody_period SET log_index = log_index + 1 WHERE id = 'one-1-1'`,
    'custody-tiles',
  ),
  one(
    'a burn is taken for a move',
    `UPDATE custody_period SET ended_by_burn = FALSE WHERE id = 'one-4-0'`,
    'custody-tiles',
  ),
  one(
    'a move is taken for a burn',
    `UPDATE custody_period SET ended_by_burn = TRUE WHERE id = 'one-1-0'`,
    'custody-tiles',
  ),
  one(
    'a period ends in another transaction than the next begins in',
    `UPDATE custody_period SET until_tx_hash = '0x00' WHERE id = 'one-1-0'`,
    'custody-tiles',
  ),
  one(
    'a move was written to another holder',
    `UPDATE custody_period SET owner_id = '${MAKER}' WHERE id = 'one-1-3'`,
    'device-state',
  ),
]

const STATE: readonly Mutation[] = [
  ...[`owner_id = '${BOB}'`, 'owner_id = NULL', 'period_count = 9'].map((set) =>
    one(
      `a device has ${set}`,
      `UPDATE device SET ${set} WHERE id = 'one-1'`,
      'device-state',
      ...(set.startsWith('owner') ? ['counts'] : []),
    ),
  ),
  ...[
    'locked = TRUE',
    `in_transit_to_id = '${BOB}'`,
    'sale_price = 6',
    'sale_price = NULL',
    `metadata_uri = 'ipfs://other'`,
    `metadata_hash = NULL`,
  ].map((set) =>
    one(`a device has ${set}`, `UPDATE device SET ${set} WHERE id = 'one-1'`, 'device-state'),
  ),
  one(
    'an approval is forgotten',
    `UPDATE device_model SET status = 'SUBMITTED' WHERE id = 'one-model-1'`,
    'model-status',
  ),
  ...[`name = 'Other'`, `kind = 'OTHER'`, 'gln = NULL', 'listed = FALSE'].map((set) =>
    one(`a party has ${set}`, `UPDATE "owner" SET ${set} WHERE id = '${ANN}'`, 'directory'),
  ),
  one(
    'a holding is counted too low',
    `UPDATE "owner" SET devices_held = devices_held - 1 WHERE id = '${ANN}'`,
    'counts',
  ),
  one(
    'a mint is counted twice',
    `UPDATE device_model SET devices_minted = devices_minted + 1 WHERE id = 'one-model-1'`,
    'counts',
  ),
]

const IDENTITY: readonly Mutation[] = [
  one(
    'a serial is another, and so is its key',
    `UPDATE device SET serial = 'S9', serial_key = 'S9', identity_key = '09506000134352|S9'
     WHERE id = 'one-4'`,
    'device-identity',
  ),
  one(
    'a unit has the identity key of another',
    `UPDATE device SET identity_key = '09506000134352|S1' WHERE id = 'one-4'`,
    'device-identity',
    'anomalies',
  ),
  ...['manufactured_on = NULL', `expires_on = '2028-01-01'`, `manufacturer_id = '${BOB}'`].map(
    (set) =>
      one(`a device has ${set}`, `UPDATE device SET ${set} WHERE id = 'one-2'`, 'device-identity'),
  ),
  one(
    'a model has the name of another',
    `UPDATE device_model SET name = 'Other' WHERE id = 'one-model-1'`,
    'model-identity',
  ),
  ...[`class = 'II'`, 'reason = NULL', `issuer_id = '${BOB}'`].map((set) =>
    one(
      `a recall has ${set}`,
      `UPDATE recall SET ${set} WHERE id = 'one-recall-1'`,
      'recall-identity',
    ),
  ),
  one(
    'a recall that was closed is open again',
    `UPDATE recall SET status = 'OPEN', closed_block = NULL, closed_log_index = NULL,
       closed_at = NULL WHERE id = 'one-recall-2'`,
    'recall-identity',
    'recall-units',
  ),
]

const RECALLS: readonly Mutation[] = [
  one(
    'a unit under recall is lost',
    `DELETE FROM recall_unit WHERE id = 'one-recall-1-3'`,
    'recall-units',
  ),
  one(
    'a unit is under a recall that does not name it',
    `INSERT INTO recall_unit SELECT 'one-recall-1-4', recall_id, 'one-4', NULL, NULL, NULL, NULL,
       NULL, block_height, log_index, "timestamp" FROM recall_unit WHERE id = 'one-recall-1-3'`,
    'recall-units',
  ),
  one(
    'a unit is under recall too late',
    `UPDATE recall_unit SET log_index = log_index + 1 WHERE id = 'one-recall-1-3'`,
    'recall-units',
  ),
  one(
    'a resolution is older than the last',
    `UPDATE recall_unit SET resolution = 'ACKNOWLEDGED', resolved_log_index = 0
     WHERE id = 'one-recall-1-2'`,
    'recall-resolutions',
  ),
  one(
    'a resolution was never reported',
    `UPDATE recall_unit SET resolution = 'RETURNED', resolved_by_id = '${ANN}',
       (resolved_block, resolved_log_index, resolved_at) = (
         SELECT block_height, log_index, "timestamp" FROM device_event ORDER BY id DESC LIMIT 1)
     WHERE id = 'one-recall-1-3'`,
    'recall-resolutions',
  ),
  one(
    'a lot of a scope is lost',
    `DELETE FROM recall_scope WHERE kind = 'LOT' AND value = 'L2'`,
    'recall-scopes',
    'recall-units',
  ),
]

const CHAIN: readonly Mutation[] = [
  one('a block is lost', `DELETE FROM block WHERE height = 5`, 'block-times'),
  one(
    'rows stayed above the head: the cursor went back without them',
    `DELETE FROM squid_processor.hot_block`,
    'head',
  ),
  one(
    'a hot block is missing',
    `DELETE FROM squid_processor.hot_block
     WHERE height = (SELECT min(height) FROM squid_processor.hot_block)`,
    'head',
  ),
  one(
    'a block of a fork stayed',
    `UPDATE block SET hash = '0xforked'
     WHERE height = (SELECT height FROM squid_processor.status)`,
    'head',
  ),
  one(
    'a device is first seen too late',
    `UPDATE device SET (block_height, log_index, "timestamp") = (
       SELECT block_height, log_index, since FROM custody_period WHERE id = 'one-1-2')
     WHERE id = 'one-1'`,
    'first-seen',
  ),
  ...['"owner"', 'device_model', 'recall'].map((table) =>
    one(
      `a row of ${table} is first seen at another log`,
      `UPDATE ${table} SET log_index = log_index + 1 WHERE id = (SELECT min(id) FROM ${table})`,
      'first-seen',
    ),
  ),
  one('an owner is lost', `DELETE FROM "owner" WHERE id = '${BOB}'`, 'references'),
  one(
    'an event names a device of another contract',
    `UPDATE device_event SET device_id = 'two-5' WHERE kind = 'HANDOFF_STARTED'`,
    'device-state',
    'ids',
  ),
  one(
    'a serial is not found by its text',
    `UPDATE device SET lot_key = 'ß-LOT' WHERE id = 'one-3'`,
    'text-keys',
  ),
]

const ANOMALIES: readonly Mutation[] = [
  ['MINT_AFTER_BURN', 'one-2'],
  ['UNMINTED_TOKEN', 'one-9'],
  ['DUPLICATE_IDENTITY', 'two-5'],
  ['RESOLVED_OUT_OF_SCOPE', 'one-7'],
].map(([code, device]) =>
  one(
    `nothing tells of ${code}`,
    `DELETE FROM anomaly WHERE code = '${code}' AND device_id = '${device}'`,
    'anomalies',
  ),
)

export const MUTATIONS: readonly Mutation[] = [
  ...CUSTODY,
  ...STATE,
  ...IDENTITY,
  ...RECALLS,
  ...CHAIN,
  ...ANOMALIES,
]
