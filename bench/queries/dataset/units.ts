import {
  BIG_LOT,
  BIG_MODEL,
  MODELS,
  PROBE_LOT,
  PROBE_MODEL,
  PROBE_UNITS,
  RECALL_LOT,
  RECALL_MODEL,
  type Sizes,
} from './sizes'

/**
 * `bench.lot`: name, model and first unit of each lot. Units are numbered in the order of their
 * mints, and the units of a lot follow one another. Most lots are small, a few models large.
 */
export function lots({ devices, bigLot, recallLot, bigHolding }: Sizes): string {
  const small = devices - bigLot - recallLot - PROBE_UNITS
  const ofBigModel = (bigHolding - bigLot) / small
  return `CREATE TABLE bench.lot AS
    WITH drawn AS (
      SELECT g, 20 + floor(power(bench.u(g, 100), 3) * 400)::int AS size,
        CASE WHEN bench.u(g, 101) < ${ofBigModel} THEN ${BIG_MODEL}
          ELSE 2 + floor(power(bench.u(g, 102), 2) * ${MODELS - 2})::int END AS model_no
      FROM generate_series(1, ${Math.ceil(small / 60)}) AS g
    ), summed AS (
      SELECT *, sum(size) OVER (ORDER BY g) AS total FROM drawn
    ), every AS (
      SELECT 'L' || lpad(g::text, 6, '0') AS name, model_no,
        LEAST(size, ${small} - total + size)::int AS size, bench.u(g, 103) AS place
      FROM summed WHERE total - size < ${small}
      UNION ALL VALUES ('${BIG_LOT}', ${BIG_MODEL}, ${bigLot}, 0.5),
        ('${RECALL_LOT}', ${RECALL_MODEL}, ${recallLot}, 0.3),
        ('${PROBE_LOT}', ${PROBE_MODEL}, ${PROBE_UNITS}, 0.35)
    )
    SELECT row_number() OVER in_time AS no, name, model_no, size,
      sum(size) OVER in_time - size + 1 AS first_i
    FROM every WINDOW in_time AS (ORDER BY place, name)`
}

/**
 * Units without an identity, about so many whatever the size of the tables: no scope can exclude
 * them, so they are part of the answer about any.
 */
const UNKNOWN_UNITS = 20

/** Models that number their units on, so that a bare serial answers for several devices. */
const PLAIN_SERIALS = 'BETWEEN 10 AND 14'

/**
 * `bench.unit`: what each unit is and how its life goes. `periods` are 5 on average; `fate` is a
 * number from 0 to 1 of which each part stands for an end, see `FATES`.
 */
export function units(sizes: Sizes): string {
  const { devices, bigHolding } = sizes
  const unknown = (unit: string) => `(bench.u(${unit}, 7) < ${UNKNOWN_UNITS / devices})`
  const isDuplicate = duplicate(unknown)
  return `CREATE TABLE bench.unit AS
    WITH drawn AS (
      SELECT i, lot.no AS lot_no, lot.name AS lot, lot.model_no, model.maker,
        model.no = ${PROBE_MODEL} AS probe, 0.9 * i / ${devices} AS minted_t,
        CASE WHEN model.no = ${PROBE_MODEL} THEN 5 ELSE (1 + i * 7 % 9)::int END AS periods,
        bench.u(i, 1) AS fate,
        CASE WHEN model.no ${PLAIN_SERIALS}
          THEN lpad(row_number() OVER (PARTITION BY model.no ORDER BY i)::text, 7, '0')
          ELSE lot.name || '-' || lpad((i - first_i + 1 - ${isDuplicate}::int)::text, 6, '0')
        END AS serial,
        model.no NOT ${PLAIN_SERIALS} AND ${isDuplicate} AS duplicate,
        model.no <> ${PROBE_MODEL} AND ${unknown('i')} AS unknown,
        model.no <> ${PROBE_MODEL} AND bench.u(i, 6) < 0.0001 AS late,
        model.no <> ${PROBE_MODEL} AND bench.u(i, 8) < 0.002 AS lotless,
        bench.u(i, 9) < 0.005 AS dateless
      FROM bench.lot AS lot JOIN bench.model AS model ON model.no = lot.model_no
      CROSS JOIN generate_series(first_i, first_i + size - 1) AS i
    ), judged AS (
      SELECT *, periods >= 3 AND bench.u(i, 3) < 0.01 AS returned,
        periods >= 3 AND fate >= ${FATES.burned} AND NOT probe AND bench.u(i, 3) >= 0.01 AS may
      FROM drawn
    )
    SELECT *, may AND row_number() OVER (PARTITION BY may ORDER BY bench.u(i, 2)) <= ${bigHolding}
      AS at_big_owner
    FROM judged ORDER BY i`
}

// An odd unit is never a duplicate, so the one before has the serial that is taken from it.
const duplicate = (unknown: (unit: string) => string) => `(i % 2 = 0 AND i > first_i
        AND model.no <> ${PROBE_MODEL} AND bench.u(i, 5) < 0.002
        AND NOT ${unknown('i - 1')} AND NOT ${unknown('i')})`

/** Upper ends of the parts of `fate`: what happens to a unit after its last move. */
export const FATES = {
  burned: 0.02,
  inTransit: 0.04,
  cancelled: 0.05,
  locked: 0.06,
  unlocked: 0.07,
  listed: 0.09,
  delisted: 0.1,
} as const
