import type { RecallLookup } from '../recall-lookup'
import type { ValueField } from './scope'

/**
 * The units that a scope touches, as the record stood at the end of block $1. A unit is certain
 * when it has every attribute that is asked for and they match; it is uncertain when what it has
 * matches but something is missing. An identity that was stated after the block is missing at the
 * block.
 *
 * Absent arrays ask for nothing. The planner sees the values and drops the tests of absent ones, so
 * each of the rest finds its index.
 */
export const MATCHED = `
  matched AS (
    SELECT id, contract, token_id, model_id, lot, lot_key, serial_key, manufacturer_id,
      COALESCE(($2::text[] IS NULL OR model_id = ANY($2::text[]))
        AND ($4::text[] IS NULL OR lot_key = ANY($4::text[]))
        AND ($5::text[] IS NULL OR serial_key = ANY($5::text[])), false) AS certain
    FROM device
    WHERE block_height <= $1 AND (identity_block IS NULL OR identity_block <= $1)
      AND ($2::text[] IS NULL OR model_id = ANY($2::text[]) OR model_id IS NULL
           OR model_id = ANY($3::text[]))
      AND ($4::text[] IS NULL OR lot_key = ANY($4::text[]) OR lot_key IS NULL)
      AND ($5::text[] IS NULL OR serial_key = ANY($5::text[]) OR serial_key IS NULL)
      AND ($6::text[] IS NULL OR id = ANY($6::text[]))
    UNION ALL
    SELECT id, contract, token_id, NULL, NULL, NULL, NULL, NULL,
      $2::text[] IS NULL AND $4::text[] IS NULL AND $5::text[] IS NULL
    FROM device
    WHERE block_height <= $1 AND identity_block > $1 AND identity_block > block_height
      AND ($6::text[] IS NULL OR id = ANY($6::text[]))
  )`

/** Parameters $1 to $6 of `MATCHED`. */
export function matchParameters({ asOf, scope, models }: RecallLookup): unknown[] {
  const keys = (field: ValueField) => scope.asked.get(field)?.map(({ key }) => key) ?? null
  return [
    asOf.height,
    models?.named.map(({ id }) => id) ?? null,
    models?.withoutUdiDi ?? [],
    keys('lots'),
    keys('serials'),
    scope.matchesNothing ? [] : keys('deviceIds'),
  ]
}

/** The first free parameter of a statement that begins with `MATCHED`. */
export const NEXT_PARAMETER = 7
