import { CONTRACT, type Sizes } from './sizes'
import { partyKind, partyName } from './state'
import { HOT_BLOCKS } from './words'

/** Tables of facts: what the logs of the history leave, in the order in which they come. */

// Sorted while the rows are narrow.
export const PERIODS_WRITTEN = `INSERT INTO custody_period
  SELECT bench.device(i) || '-' || k, bench.device(i), k, bench.owner(counterparty),
    CASE k WHEN 0 THEN 'MINT' ELSE 'MOVE' END, bench.height(n), bench.log(n), bench.at(n),
    bench.tx(n), bench.height(until_n), bench.log(until_n) + burned::int, bench.at(until_n),
    bench.tx(until_n), burned
  FROM (
    SELECT * FROM (
      SELECT n, i, k, moves, counterparty, lead(n) OVER in_time AS until_n,
        COALESCE(lead(moves) OVER in_time = 'BURN', false) AS burned
      FROM bench.step WHERE moves IS NOT NULL WINDOW in_time AS (PARTITION BY i ORDER BY n)
    ) AS every WHERE moves <> 'BURN' ORDER BY n
  ) AS moved`

// The burn comes after its own event; of every other step the move comes first.
const LOG = `bench.log(n) + COALESCE(moves IN ('MINT', 'MOVE'), false)::int`

const MINTED_DETAIL = `jsonb_build_object('serial', serial, 'lot', lot, 'manufacturedOn',
    manufactured_on, 'expiresOn', expires_on, 'metadataUri', metadata_uri, 'metadataHash',
    metadata_hash)`

/** Everything but recalls being issued, which takes two logs, and the directory. */
export const EVENTS_WRITTEN = `INSERT INTO device_event
  SELECT bench.position(bench.height(n), log), event, '${CONTRACT}',
    CASE WHEN step.i > 0 AND event <> 'RECALL_CLOSED' THEN bench.device(step.i) END,
    bench.model(step.model_no), bench.recall(recall_no), bench.owner(party),
    bench.owner(counterparty),
    CASE event WHEN 'MINTED' THEN ${MINTED_DETAIL}
      WHEN 'LISTED' THEN jsonb_build_object('price', (step.i % 977)::text || '000000000000')
      WHEN 'SOLD' THEN jsonb_build_object('price', '1000000000000', 'fee', '1000000')
      WHEN 'HANDOFF_CANCELLED' THEN jsonb_build_object('by', bench.owner(party))
      WHEN 'RETURNED' THEN jsonb_build_object('reason', 'not needed')
      WHEN 'DECOMMISSIONED' THEN jsonb_build_object('reason', 'end of service life')
      WHEN 'MODEL_REVOKED' THEN jsonb_build_object('reason', 'lead fracture')
      WHEN 'MODEL_SUBMITTED' THEN (SELECT jsonb_build_object('udiDi', udi_di, 'name',
        'Model ' || no, 'metadataUri', 'ipfs://model/' || no, 'metadataHash',
        bench.hash('model' || no)) FROM bench.model WHERE no = step.model_no)
      WHEN 'RECALL_UNIT_RESOLVED' THEN jsonb_build_object('resolution', resolution, 'note', '')
      ELSE '{}'::jsonb END,
    bench.height(n), log, bench.at(n), bench.tx(n)
  FROM bench.step
  LEFT JOIN device ON event = 'MINTED' AND device.token_id = step.i
  CROSS JOIN LATERAL (SELECT ${LOG} AS log,
    CASE WHEN step.k = 201 AND bench.u(step.i, 91) < 0.1 THEN 'ACKNOWLEDGED'
      ELSE (ARRAY['RETURNED', 'CORRECTED', 'DESTROYED', 'NOT_FOUND', 'RETURNED'])[
        1 + floor(bench.u(step.i, 93) * 5)::int] END AS resolution) AS derived
  WHERE event IS NOT NULL AND event NOT IN ('PARTY_UPDATED', 'RECALL_ISSUED')`

export function directoryWritten(sizes: Sizes): string {
  return `INSERT INTO device_event
    SELECT bench.position(bench.height(n), bench.log(n)), event, '${CONTRACT}', NULL, NULL, NULL,
      bench.owner(no), NULL, jsonb_build_object('kind', ${partyKind(sizes)},
        'name', ${partyName(sizes)}, 'gln', '9506' || lpad(no::text, 9, '0')),
      bench.height(n), bench.log(n), bench.at(n), bench.tx(n)
    FROM (SELECT n, event, party AS no FROM bench.step WHERE event = 'PARTY_UPDATED') AS step`
}

/** The log that issues a recall, and the next, which states its scope. */
export const RECALL_FACTS_WRITTEN = [
  `INSERT INTO device_event
   SELECT bench.position(bench.height(n), bench.log(n) + says.at), says.event, '${CONTRACT}', NULL,
     CASE says.at WHEN 0 THEN bench.model(recall.model_no) END, bench.recall(no),
     CASE says.at WHEN 0 THEN bench.owner(maker) END, NULL, says.detail,
     bench.height(n), bench.log(n) + says.at, bench.at(n), bench.tx(n)
   FROM bench.recall JOIN bench.step ON recall_no = no AND event = 'RECALL_ISSUED'
   CROSS JOIN LATERAL (VALUES
     (0, 'RECALL_ISSUED', jsonb_build_object('class', (ARRAY['I', 'II', 'III'])[1 + no % 3],
       'reason', 'battery may fail', 'noticeUri', 'https://recall.example/' || no,
       'noticeHash', bench.hash('recall' || no))),
     (1, 'RECALL_SCOPE_ADDED', jsonb_build_object('wholeModel', false, 'lots', lots,
       'serials', '[]'::jsonb))) AS says(at, event, detail)`,
  `INSERT INTO recall_scope
   SELECT bench.position(bench.height(n), bench.log(n) + 1) || '-' || nth - 1, bench.recall(no),
     bench.model(recall.model_no), 'LOT', lot, lot,
     bench.height(n), bench.log(n) + 1, bench.at(n)
   FROM bench.recall JOIN bench.step ON recall_no = no AND event = 'RECALL_ISSUED'
   CROSS JOIN LATERAL unnest(lots) WITH ORDINALITY AS named(lot, nth)`,
  `INSERT INTO recall_unit
   SELECT bench.recall(no) || '-' || token_id, bench.recall(no), device.id,
     last.resolution, last.party_id, last.block_height, last.log_index, last."timestamp",
     joined.at[1], joined.at[2], bench.block_time(joined.at[1])
   FROM bench.recall JOIN bench.step ON recall_no = no AND event = 'RECALL_ISSUED'
   JOIN device ON model_id = bench.model(recall.model_no) AND lot_key = ANY(lots)
   CROSS JOIN LATERAL (SELECT GREATEST(ARRAY[bench.height(n), bench.log(n) + 1],
     ARRAY[identity_block, identity_log_index]) AS at) AS joined
   LEFT JOIN (
     SELECT DISTINCT ON (recall_id, device_id) *, detail->>'resolution' AS resolution
     FROM device_event WHERE kind = 'RECALL_UNIT_RESOLVED'
     ORDER BY recall_id, device_id, id DESC) AS last
     ON last.recall_id = bench.recall(no) AND last.device_id = device.id
   ORDER BY token_id`,
]

/** One unit in two thousand left an address that did not hold it. */
export const ANOMALIES_WRITTEN = `INSERT INTO anomaly
  SELECT bench.position(bench.height(n), bench.log(n) + log) || '-' || nth, code, message,
    '${CONTRACT}', bench.device(i), bench.height(n), bench.log(n) + log, bench.at(n), bench.tx(n)
  FROM (
    SELECT n, i, 1 AS log, 0 AS nth, 'DUPLICATE_IDENTITY',
      'Device ' || bench.device(i) || ' has the identity of ' || bench.device(i - 1) || '.'
    FROM bench.step JOIN bench.unit USING (i)
    WHERE event = 'MINTED' AND moves = 'MINT' AND duplicate
    UNION ALL
    SELECT n, i, 1, 1, 'MINT_WITHOUT_APPROVAL', 'The model had no valid approval.'
    FROM bench.step AS minted JOIN bench.approval USING (model_no)
    WHERE event = 'MINTED' AND moves = 'MINT' AND (n < from_n OR n > until_n)
    UNION ALL
    SELECT n, i, 0, 0, 'MOVE_BY_NON_HOLDER',
      'Token ' || i || ' leaves ' || bench.owner(0) || ', but ' || bench.owner(party)
        || ' holds it.'
    FROM bench.step WHERE moves = 'MOVE' AND k = 1 AND bench.u(i, 95) < 0.0005
  ) AS found(n, i, log, nth, code, message)`

/** Where the history stops: the head, its hot blocks, and what the chain says of it. */
export const HEAD_WRITTEN = [
  `INSERT INTO block
   SELECT lpad(height::text, 10, '0'), height, bench.hash('block' || height),
     bench.block_time(height)
   FROM bench.head() AS head CROSS JOIN generate_series(bench.height(0), head) AS height`,
  `UPDATE squid_processor.status SET (height, hash, nonce) =
     (SELECT height, hash, 1 FROM block WHERE height = (SELECT bench.head()) - ${HOT_BLOCKS})`,
  `INSERT INTO squid_processor.hot_block
   SELECT height, hash FROM block WHERE height > (SELECT bench.head()) - ${HOT_BLOCKS}`,
  `UPDATE squid_processor.chain_state SET chain_id = '31337', genesis_hash = bench.hash('genesis'),
     contracts = '${CONTRACT}=0x' || repeat('d', 40) || '@0',
     (head_timestamp, chain_height, chain_timestamp, seen_at) =
       (SELECT "timestamp", height, "timestamp", now() FROM block
        WHERE height = (SELECT bench.head()))`,
]

/** What the other statements would have to search the steps for. */
export const LANDMARKS = [
  `CREATE FUNCTION bench.head() RETURNS int LANGUAGE sql STABLE AS
     $$ SELECT bench.height(max(n)) FROM bench.step $$`,
  `CREATE TABLE bench.approval AS
     SELECT model_no, min(n) FILTER (WHERE event = 'MODEL_APPROVED') AS from_n,
       max(n) FILTER (WHERE event = 'MODEL_REVOKED') AS until_n
     FROM bench.step WHERE event IN ('MODEL_APPROVED', 'MODEL_REVOKED') GROUP BY model_no`,
]
