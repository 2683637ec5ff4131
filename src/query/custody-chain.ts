import { callerError } from '../domain/errors'
import { isDeviceId } from '../domain/identifiers/device-id'
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
import type { Sql } from './sql'

/**
 * One holder's time with the device. A period that ended after the block of the answer shows no
 * end.
 */
export interface CustodyPeriodAsOf {
  id: string
  number: number
  ownerId: string
  startedBy: 'MINT' | 'MOVE'
  blockHeight: number
  logIndex: number
  since: Date
  txHash: string
  untilBlock: number | null
  untilLogIndex: number | null
  until: Date | null
  untilTxHash: string | null
  endedByBurn: boolean
}

/** A log of the device that does not fit the record. */
export interface DeviceAnomaly {
  id: string
  code: string
  message: string
  blockHeight: number
  logIndex: number
  timestamp: Date
  txHash: string
}

export interface CustodyChain {
  deviceId: string
  asOf: AnswerBlock
  /** In chain order; empty before the device was first moved. */
  periods: CustodyPeriodAsOf[]
  /** In chain order. */
  anomalies: DeviceAnomaly[]
}

// One statement, for this is asked of single devices all day: what is told of a period that ended
// after the block of the answer is as if it lasted.
const PERIODS = `
  SELECT json_agg(json_build_object('id', id, 'number', number, 'ownerId', owner_id,
      'startedBy', started_by, 'blockHeight', block_height, 'logIndex', log_index,
      'since', since, 'txHash', tx_hash,
      'untilBlock', CASE WHEN until_block <= answer.height THEN until_block END,
      'untilLogIndex', CASE WHEN until_block <= answer.height THEN until_log_index END,
      'until', CASE WHEN until_block <= answer.height THEN until END,
      'untilTxHash', CASE WHEN until_block <= answer.height THEN until_tx_hash END,
      'endedByBurn', ended_by_burn AND until_block <= answer.height) ORDER BY number)
  FROM custody_period
  WHERE device_id = $1 AND block_height <= answer.height`

const ANOMALIES = `
  SELECT json_agg(json_build_object('id', id, 'code', code, 'message', message,
      'blockHeight', block_height, 'logIndex', log_index, 'timestamp', "timestamp",
      'txHash', tx_hash) ORDER BY id)
  FROM anomaly
  WHERE device_id = $1 AND block_height <= answer.height`

function chainSql(point: Point): string {
  return `
  WITH ${answerSql(point, 2)}
  SELECT answer.*, EXISTS (SELECT FROM device WHERE id = $1) AS "isOnRecord",
    COALESCE((${PERIODS}), '[]') AS "periods", COALESCE((${ANOMALIES}), '[]') AS "anomalies"
  FROM answer`
}

interface ChainRow extends AnswerRow {
  isOnRecord: boolean
  periods: AsJson<CustodyPeriodAsOf>[]
  anomalies: AsJson<DeviceAnomaly>[]
}

/** In JSON an instant is text. */
type AsJson<Row> = {
  [Name in keyof Row]: Row[Name] extends Date
    ? string
    : Row[Name] extends Date | null
      ? string | null
      : Row[Name]
}

/**
 * Who held a device, in order, up to a point.
 *
 * @throws DEVICE_ID_INVALID the id is not of the form `{contract}-{tokenId}`
 * @throws DEVICE_NOT_FOUND no such device is on record
 * @throws the errors of `resolveAsOf`
 */
export async function custodyChain(
  sql: Sql,
  { deviceId, asOf }: { deviceId: string; asOf?: AsOf | null },
): Promise<CustodyChain> {
  checkDeviceId(deviceId)
  const point = pointOf(asOf)
  const [row] = await sql<ChainRow>(chainSql(point), [deviceId, ...pointParameters(point)], 'kept')
  const block = answerBlock(point, row)
  if (row?.isOnRecord !== true) throw notOnRecord(deviceId)
  return {
    deviceId,
    asOf: block,
    periods: row.periods.map(({ since, until, ...period }) => ({
      ...period,
      since: new Date(since),
      until: until === null ? null : new Date(until),
    })),
    anomalies: row.anomalies.map(({ timestamp, ...anomaly }) => ({
      ...anomaly,
      timestamp: new Date(timestamp),
    })),
  }
}

function notOnRecord(deviceId: string) {
  return callerError(
    'DEVICE_NOT_FOUND',
    `No device ${deviceId} is on record.`,
    'Check the id; verifyDevice finds a device by serial or by what is on its label.',
  )
}

const SHOWN_LENGTH_MAX = 100

function checkDeviceId(text: string): void {
  if (isDeviceId(text)) return
  throw callerError(
    'DEVICE_ID_INVALID',
    `deviceId is "${text.slice(0, SHOWN_LENGTH_MAX)}".`,
    'Expected {contract}-{tokenId}, such as demo-17; verifyDevice reads other identifiers.',
  )
}
