import { deviceId } from '../../src/domain/ids'
import type { Sql } from '../../src/query/sql'
import type { Random } from '../random'
import { CONTRACT, PROBE_LOT } from './dataset/sizes'

/**
 * How arguments are drawn from the data. The same seed draws from the same place of the history,
 * whatever the size of the data.
 */

export async function countDevices(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }>('SELECT count(*)::int AS count FROM device')
  return row?.count ?? 0
}

/** Tokens are numbered from 1 on. */
export function anyDevice(random: Random, devices: number): string {
  return deviceId(CONTRACT, BigInt(1 + Math.floor(random.share() * devices)))
}

export interface HeightRange {
  readonly first: number
  readonly last: number
}

export async function heightRange(sql: Sql): Promise<HeightRange> {
  const [row] = await sql<HeightRange>(
    'SELECT min(height) AS "first", max(height) AS "last" FROM block',
  )
  if (row === undefined) throw new TypeError('the data has no block')
  return row
}

/** A block of the second half of the history, when most things are there. */
export function anyBlock(random: Random, { first, last }: HeightRange): number {
  return last - Math.floor((random.share() * (last - first)) / 2)
}

/** The owner who holds most. */
export function bigOwner(sql: Sql): Promise<string> {
  return ownerOf(sql, 'SELECT id FROM owner ORDER BY devices_held DESC, id LIMIT 1')
}

/** An owner who holds some two hundred units, whatever the size of the tables. */
export function probeOwner(sql: Sql): Promise<string> {
  return ownerOf(
    sql,
    `SELECT owner_id AS id FROM device WHERE lot_key = '${PROBE_LOT}'
     GROUP BY owner_id ORDER BY count(*) DESC LIMIT 1`,
  )
}

async function ownerOf(sql: Sql, statement: string): Promise<string> {
  const [row] = await sql<{ id: string }>(statement)
  if (row === undefined) throw new TypeError('the data has no such owner')
  return row.id
}

/** What is printed on a unit. */
export interface Label {
  readonly deviceId: string
  readonly udiDi: string
  readonly serial: string
}

const LABELS = `
  SELECT device.id AS "deviceId", udi_di AS "udiDi", serial
  FROM device JOIN device_model AS model ON model.id = model_id
  WHERE device.id = ANY($1::text[]) AND serial IS NOT NULL ORDER BY token_id`

/** The labels of some units, each once; those without an identity have none. */
export async function labels(sql: Sql, random: Random, wanted = 500): Promise<Label[]> {
  const devices = await countDevices(sql)
  const ids = Array.from({ length: wanted }, () => anyDevice(random, devices))
  return sql<Label>(LABELS, [ids])
}
