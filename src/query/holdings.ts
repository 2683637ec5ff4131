import { type Address, toHolder } from '../domain/address'
import { callerError } from '../domain/errors'
import {
  type AnswerBlock,
  type AnswerRow,
  type AsOf,
  answerBlock,
  answerSql,
  type Point,
  pointOf,
  pointParameters,
} from './as-of'
import { type Page, type PageRequest, pageParameters, pageSql, toPage } from './page'
import type { Sql } from './sql'

/** A device in the hands of its owner. */
export interface Holding {
  deviceId: string
  /** Block time at which it came. */
  since: Date
  /** Block in which it came. */
  sinceBlock: number
}

/** One page of what an owner held at a point. */
export interface Holdings extends Page<Holding> {
  ownerId: Address
  asOf: AnswerBlock
}

export interface HoldingsRequest extends PageRequest {
  /** Address in any letter case. */
  ownerId: string
  asOf?: AsOf | null
}

// Now: the devices that name the owner. A page is cut before its periods are looked up.
const HELD_NOW = `
  held AS (SELECT id AS "key", period_count - 1 AS number FROM device WHERE owner_id = $1),
  page AS (${pageSql('held', 2)}),
  told AS (
    SELECT page."key", period.since, period.block_height AS "sinceBlock"
    FROM page JOIN custody_period AS period
      ON period.device_id = page."key" AND period.number = page.number
  )`

// Then: the periods that cover the point. The height is a scalar, so that the planner knows the
// index to keep its order.
const HELD_THEN = `
  held AS (
    SELECT device_id AS "key", since, block_height AS "sinceBlock"
    FROM custody_period
    WHERE owner_id = $1 AND block_height <= (SELECT height FROM answer)
      AND (until_block IS NULL OR until_block > (SELECT height FROM answer))
  ),
  told AS (${pageSql('held', 2)})`

function holdingsSql(point: Point): string {
  return `
  WITH ${answerSql(point, 4)}, ${point.by === 'head' ? HELD_NOW : HELD_THEN}
  SELECT answer.*, (
    SELECT COALESCE(json_agg(told ORDER BY told."key" COLLATE "C"), '[]') FROM told) AS "told"
  FROM answer`
}

const COUNT_NOW = `SELECT devices_held AS "count" FROM owner WHERE id = $1`

const COUNT_THEN = `
  SELECT count(*)::int AS "count" FROM custody_period
  WHERE owner_id = $1 AND block_height <= $2 AND (until_block IS NULL OR until_block > $2)`

interface HoldingsRow extends AnswerRow {
  /** One value: to read a row of columns from the wire takes longer than a row of JSON. */
  told: { key: string; since: string; sinceBlock: number }[]
}

/**
 * What an owner held at a point, in the order of device ids (by code point). An address that never
 * held anything holds nothing: that is the answer when the shelves of a consignee are checked.
 *
 * @throws OWNER_ID_INVALID the id is no address, or the zero address, which is no owner
 * @throws ARGUMENT_OUT_OF_RANGE, CURSOR_INVALID
 * @throws the errors of `resolveAsOf`
 */
export async function holdings(
  sql: Sql,
  { ownerId, asOf, ...page }: HoldingsRequest,
): Promise<Holdings> {
  const owner = checkOwner(ownerId)
  const point = pointOf(asOf)
  const [row] = await sql<HoldingsRow>(holdingsSql(point), [
    owner,
    ...pageParameters('holding', page),
    ...pointParameters(point),
  ])
  const block = answerBlock(point, row)
  const nodeOf = ({ key, since, sinceBlock }: HoldingsRow['told'][number]) => {
    return { deviceId: key, since: new Date(since), sinceBlock }
  }
  return { ownerId: owner, asOf: block, ...toPage('holding', page, row?.told ?? [], nodeOf) }
}

/** How many devices `holdings` lists on all pages. */
export async function countHoldings(
  sql: Sql,
  { ownerId, asOf }: Pick<Holdings, 'ownerId' | 'asOf'>,
): Promise<number> {
  const [row] = asOf.isHead
    ? await sql<{ count: number }>(COUNT_NOW, [ownerId])
    : await sql<{ count: number }>(COUNT_THEN, [ownerId, asOf.height])
  return row?.count ?? 0
}

function checkOwner(ownerId: string): Address {
  const owner = toHolder(ownerId)
  if (owner !== undefined) return owner
  throw callerError(
    'OWNER_ID_INVALID',
    `ownerId is "${ownerId.slice(0, 100)}".`,
    'Expected an address of 0x and 40 hexadecimal digits, not all of them zero.',
  )
}
