import { CONTRACT, type Sizes } from './sizes'
import { FATES } from './units'
import { kindOf } from './words'

/** Tables of current state: owners, models, devices and recalls, as the fold would leave them. */

/** Needs `device`, which says what each owner holds. */
export function owners(sizes: Sizes): string {
  return `INSERT INTO owner
    SELECT bench.owner(no), name, kind, gln, n IS NOT NULL, COALESCE(held, 0),
      bench.height(seen), bench.log(seen), bench.at(seen)
    FROM generate_series(0, ${sizes.owners}) AS no
    LEFT JOIN bench.step ON step.i = no AND event = 'PARTY_UPDATED'
    LEFT JOIN (SELECT named.no AS first_no, min(n) AS first_n
      FROM bench.step CROSS JOIN LATERAL (VALUES (party), (counterparty)) AS named(no)
      GROUP BY named.no) AS named ON first_no = no
    CROSS JOIN LATERAL (SELECT COALESCE(LEAST(n, first_n), 0) AS seen) AS since
    LEFT JOIN LATERAL (SELECT ${partyName(sizes)} AS name, ${partyKind(sizes)} AS kind,
      '9506' || lpad(no::text, 9, '0') AS gln WHERE n IS NOT NULL) AS party ON true
    LEFT JOIN (SELECT owner_id, count(*)::int AS held FROM device GROUP BY owner_id) AS holding
      ON owner_id = bench.owner(no)`
}

/** Number 0 is the regulator. */
export function partyKind(sizes: Sizes): string {
  return `CASE WHEN no = 0 THEN 'REGULATOR' ELSE ${kindOf(sizes)} END`
}

/** Readable, and different for each. */
export function partyName(sizes: Sizes): string {
  return `initcap(${partyKind(sizes)}) || ' ' || no`
}

export const MODELS_WRITTEN = `INSERT INTO device_model
  SELECT bench.model(no), '${CONTRACT}', no, udi_di, udi_di, 'Model ' || no, bench.owner(maker),
    CASE WHEN until_n IS NULL THEN 'APPROVED' ELSE 'REVOKED' END,
    'ipfs://model/' || no, bench.hash('model' || no),
    (SELECT count(*) FROM bench.unit WHERE unit.model_no = no AND NOT unknown),
    bench.height(n), bench.log(n), bench.at(n)
  FROM bench.model JOIN bench.approval ON approval.model_no = no
  JOIN bench.step ON step.model_no = no AND event = 'MODEL_SUBMITTED'`

const { burned, inTransit, cancelled, locked, unlocked, listed } = FATES

/** A unit whose identity is unknown has neither model nor manufacturer. */
export const devicesWritten = (
  sizes: Sizes,
) => `INSERT INTO device (id, contract, token_id, model_id,
    manufacturer_id, serial, lot, manufactured_on, expires_on, identity_key, serial_key, lot_key,
    identity_block, identity_log_index, metadata_uri, metadata_hash, owner_id, period_count, locked,
    in_transit_to_id, sale_price, block_height, log_index, "timestamp")
  SELECT bench.device(u.i), '${CONTRACT}', u.i,
    CASE WHEN known THEN bench.model(u.model_no) END, CASE WHEN known THEN bench.owner(u.maker) END,
    CASE WHEN known THEN serial END, CASE WHEN known AND NOT lotless THEN lot END,
    CASE WHEN known AND NOT dateless THEN made::text END,
    CASE WHEN known AND NOT dateless
      THEN (made + 365 + floor(bench.u(u.i, 12) * 1460)::int)::text END,
    CASE WHEN known THEN udi_di || '|' || serial END, CASE WHEN known THEN serial END,
    CASE WHEN known AND NOT lotless THEN lot END, bench.height(stated.n),
    bench.log(stated.n) + (NOT late)::int, CASE WHEN known THEN 'ipfs://unit/' || u.i END,
    CASE WHEN known THEN bench.hash('unit' || u.i) END,
    CASE WHEN fate >= ${burned} THEN bench.owner(last.holder) END, periods,
    fate >= ${cancelled} AND fate < ${locked},
    CASE WHEN fate >= ${burned} AND fate < ${inTransit}
      THEN bench.owner(1 + last.holder % ${sizes.owners}) END,
    CASE WHEN fate >= ${unlocked} AND fate < ${listed}
      THEN 1000000000000::numeric * (u.i % 977) END,
    bench.height(mint.n), bench.log(mint.n), bench.at(mint.n)
  FROM bench.unit AS u
  JOIN bench.model ON model.no = u.model_no
  JOIN bench.step AS mint ON mint.i = u.i AND mint.moves = 'MINT'
  JOIN bench.move AS last ON last.i = u.i AND last.k = periods - 1
  LEFT JOIN bench.step AS stated ON stated.i = u.i AND stated.event = 'MINTED'
  CROSS JOIN LATERAL (SELECT NOT unknown AS known, (bench.at(mint.n))::date AS made) AS derived`

export const RECALLS_WRITTEN = `INSERT INTO recall
  SELECT bench.recall(no), '${CONTRACT}', no, bench.model(recall.model_no), bench.owner(maker),
    (ARRAY['I', 'II', 'III'])[1 + no % 3], 'battery may fail', 'https://recall.example/' || no,
    bench.hash('recall' || no), CASE WHEN ended.n IS NULL THEN 'OPEN' ELSE 'CLOSED' END,
    bench.height(ended.n), bench.log(ended.n), bench.at(ended.n),
    bench.height(issued.n), bench.log(issued.n), bench.at(issued.n)
  FROM bench.recall
  JOIN bench.step AS issued ON issued.recall_no = no AND issued.event = 'RECALL_ISSUED'
  LEFT JOIN bench.step AS ended ON ended.recall_no = no AND ended.event = 'RECALL_CLOSED'`
