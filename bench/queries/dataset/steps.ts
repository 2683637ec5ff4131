import { BIG_RECALL, MODELS, PROBE_LOT, RECALL_LOT, RECALLS, type Sizes } from './sizes'
import { FATES } from './units'

/**
 * `bench.move`: who has a unit in each of its periods, when it came, and how. A unit goes from its
 * maker to a distributor that serves its lot, and on between hospitals, of which few are large; two
 * holders in a row are never the same.
 */
export function moves(sizes: Sizes): string {
  const { firstDistributor, distributors, firstHospital, hospitals } = sizes
  const { firstProbeHospital, probeOwner, bigOwner } = sizes
  return `CREATE TABLE bench.move AS
    SELECT i, k, model_no, minted_t + (1 - minted_t) * CASE k WHEN 0 THEN 0
        ELSE (k - 1 + bench.u(i, 40 + k)) / periods END AS t,
      minted_t + (1 - minted_t) * (k - 1 + bench.u(i, 40 + k) / 2) / periods AS sent_t,
      CASE WHEN k = 0 THEN 'MINT' WHEN returned AND k = periods - 1 THEN 'RETURN'
        WHEN bench.u(i, 60 + k) < 0.2 THEN 'HANDOFF'
        WHEN bench.u(i, 60 + k) < 0.25 THEN 'SALE' ELSE 'MOVE' END AS how,
      late OR unknown AS silent,
      CASE WHEN k = 0 THEN maker
        WHEN returned AND k = periods - 1 THEN maker
        WHEN probe AND k = periods - 1 THEN ${probeOwner}
        WHEN probe THEN ${firstProbeHospital} + 2 * floor(bench.u(i, 20 + k) * 10)::int + k % 2
        WHEN at_big_owner AND k = periods - 1 THEN ${bigOwner}
        WHEN k = 1 THEN ${firstDistributor}
          + (lot_no * 7 + floor(bench.u(i, 11) * 5)::int)::int % ${distributors}
        ELSE ${firstHospital}
          + 2 * floor(power(bench.u(i, 20 + k), 2) * ${Math.floor(hospitals / 2)})::int + k % 2
      END AS holder
    FROM bench.unit CROSS JOIN LATERAL generate_series(0, periods - 1) AS k`
}

/**
 * `bench.recall` and `bench.recall_lot`: the recalled lots. Number 1 is of `RECALL_LOT`, number 2
 * of many small lots with about as many units and closed, number 20 of `PROBE_LOT`, the others of
 * one small lot each.
 */
export function recalls({ recallLot }: Sizes): string[] {
  return [
    `CREATE TABLE bench.recall_lot AS
      SELECT ${BIG_RECALL} AS recall_no, model_no, no AS lot_no, name FROM bench.lot
      WHERE name = '${RECALL_LOT}'
      UNION ALL SELECT 2, model_no, no, name FROM (
        SELECT *, sum(size) OVER (ORDER BY no) AS total FROM bench.lot
        WHERE model_no = 1 AND name LIKE 'L%') AS lot
      WHERE total <= ${recallLot}
      UNION ALL SELECT * FROM (
        SELECT DISTINCT ON (model_no) model_no + 0, model_no, no, name FROM bench.lot
        WHERE model_no BETWEEN 3 AND ${RECALLS - 1} ORDER BY model_no, no) AS lot
      UNION ALL SELECT ${RECALLS}, model_no, no, name FROM bench.lot WHERE name = '${PROBE_LOT}'`,
    `CREATE TABLE bench.recall AS
      SELECT recall_no AS no, min(model_no) AS model_no, min(maker) AS maker,
        array_agg(name ORDER BY name) AS lots, 0.92 + 0.0005 * recall_no AS t,
        CASE WHEN recall_no = 2 OR recall_no % 4 = 3 THEN 0.985 + 0.0005 * recall_no END AS closed_t
      FROM bench.recall_lot JOIN bench.model ON model.no = model_no GROUP BY recall_no`,
  ]
}

/**
 * `bench.step`: every transaction of the history, numbered in order. `moves` says whether it moves
 * the token (MINT, MOVE, BURN), `event` what it says beside.
 */
export function steps(sizes: Sizes): string {
  const parts = [...opening(sizes), ...lives(), ...fates(sizes), ...recallSteps()]
  return `CREATE TABLE bench.step AS
    SELECT row_number() OVER (ORDER BY t, i, k, event) - 1 AS n, i, k, moves, event,
      party, counterparty, model_no, recall_no
    FROM (${parts.map((part) => `SELECT ${part}`).join('\n UNION ALL ')})
      AS s(t, i, k, moves, event, party, counterparty, model_no, recall_no)`
}

const NONE = 'NULL::int'
const NO_MOVE = 'NULL::text'
/** Approved when half of the history is over, and revoked when most of it is. */
const LATE_APPROVED = MODELS - 2
const REVOKED = MODELS - 3

function opening({ owners }: Sizes): string[] {
  const model = (t: string, event: string, party: string) =>
    `${t}, 0, 0, ${NO_MOVE}, '${event}', ${party}, ${NONE}, no, ${NONE} FROM bench.model`
  const approvedAt = `CASE no WHEN ${LATE_APPROVED} THEN 0.5 ELSE -1 + no / 1000.0 END`
  return [
    `-3::float8, no, 0, ${NO_MOVE}, 'PARTY_UPDATED', no, ${NONE}, ${NONE}, ${NONE}
     FROM generate_series(0, ${owners}) AS no WHERE no = 0 OR no % 50 <> 49`,
    model('-2 + no / 1000.0', 'MODEL_SUBMITTED', 'maker'),
    model(approvedAt, 'MODEL_APPROVED', '0'),
    `${model('0.7', 'MODEL_REVOKED', '0')} WHERE no = ${REVOKED}`,
  ]
}

function lives(): string[] {
  const came = `lag(holder) OVER (PARTITION BY i ORDER BY k)`
  return [
    `t, i, k, CASE k WHEN 0 THEN 'MINT' ELSE 'MOVE' END,
       CASE how WHEN 'HANDOFF' THEN 'HANDOFF_CONFIRMED' WHEN 'SALE' THEN 'SOLD'
         WHEN 'RETURN' THEN 'RETURNED' WHEN 'MINT' THEN CASE WHEN NOT silent THEN 'MINTED' END END,
       CASE how WHEN 'MINT' THEN holder ELSE ${came} END, holder, model_no, ${NONE}
     FROM bench.move`,
    `sent_t, i, k, ${NO_MOVE}, CASE how WHEN 'SALE' THEN 'LISTED' ELSE 'HANDOFF_STARTED' END,
       before, CASE how WHEN 'HANDOFF' THEN holder END, ${NONE}, ${NONE}
     FROM (SELECT *, ${came} AS before FROM bench.move) AS m WHERE how IN ('HANDOFF', 'SALE')`,
    `minted_t + (1 - minted_t) * 0.3, i, 99, ${NO_MOVE}, 'MINTED', maker, ${NONE}, model_no, ${NONE}
     FROM bench.unit WHERE late AND NOT unknown`,
  ]
}

function fates({ owners }: Sizes): string[] {
  const { burned, inTransit, cancelled, locked, unlocked, listed, delisted } = FATES
  const last = (part: string) =>
    `unit.minted_t + (1 - unit.minted_t) * (periods - 1 + ${part}) / periods`
  const from = `FROM bench.unit JOIN bench.move ON move.i = unit.i AND move.k = periods - 1`
  const receiver = `1 + holder % ${owners}`
  return [
    `${last('bench.u(unit.i, 80) / 2')}, unit.i, 100,
       CASE WHEN fate < ${burned} THEN 'BURN' END,
       CASE WHEN fate < ${burned} THEN 'DECOMMISSIONED'
         WHEN fate < ${cancelled} THEN 'HANDOFF_STARTED'
         WHEN fate < ${unlocked} THEN 'LOCKED' ELSE 'LISTED' END,
       holder, CASE WHEN fate >= ${burned} AND fate < ${cancelled} THEN ${receiver} END,
       ${NONE}, ${NONE} ${from} WHERE fate < ${delisted}`,
    `${last('0.5 + bench.u(unit.i, 81) / 2')}, unit.i, 101, ${NO_MOVE},
       CASE WHEN fate < ${cancelled} THEN 'HANDOFF_CANCELLED'
         WHEN fate < ${unlocked} THEN 'UNLOCKED' ELSE 'DELISTED' END,
       holder, CASE WHEN fate < ${cancelled} THEN ${receiver} END, ${NONE}, ${NONE} ${from}
     WHERE fate >= ${inTransit} AND fate < ${cancelled}
       OR fate >= ${locked} AND fate < ${unlocked} OR fate >= ${listed} AND fate < ${delisted}`,
  ]
}

function recallSteps(): string[] {
  const units = `FROM bench.recall JOIN bench.recall_lot ON recall_no = recall.no
      JOIN bench.unit ON unit.lot_no = recall_lot.lot_no
        AND NOT unknown AND NOT lotless AND NOT late`
  const until = 'COALESCE(closed_t, 1)'
  return [
    `t, no, 200, ${NO_MOVE}, 'RECALL_ISSUED', maker, ${NONE}, model_no, no FROM bench.recall`,
    `closed_t, no, 203, ${NO_MOVE}, 'RECALL_CLOSED', maker, ${NONE}, ${NONE}, no FROM bench.recall
     WHERE closed_t IS NOT NULL`,
    `recall.t + (${until} - recall.t) * (0.01 + 0.49 * bench.u(i, 90)), i, 201, ${NO_MOVE},
       'RECALL_UNIT_RESOLVED', recall.maker, ${NONE}, ${NONE}, recall.no ${units}
     WHERE bench.u(i, 91) < CASE WHEN closed_t IS NULL THEN 0.7 ELSE 0.97 END`,
    `recall.t + (${until} - recall.t) * (0.5 + 0.49 * bench.u(i, 92)), i, 202, ${NO_MOVE},
       'RECALL_UNIT_RESOLVED', recall.maker, ${NONE}, ${NONE}, recall.no ${units}
     WHERE bench.u(i, 91) < 0.1`,
  ]
}
