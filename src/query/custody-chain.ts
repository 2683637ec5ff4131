import { callerError } from '../domain/errors'
import { isDeviceId } from '../domain/identifiers/device-id'
import { type AnswerBlock, type AsOf, resolveAsOf } from './as-of'
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

const PERIODS = `
  SELECT id, number, owner_id AS "ownerId", started_by AS "startedBy",
         block_height AS "blockHeight", log_index AS "logIndex", since, tx_hash AS "txHash",
         CASE WHEN until_block <= $2 THEN until_block END AS "untilBlock",
         CASE WHEN until_block <= $2 THEN until_log_index END AS "untilLogIndex",
         CASE WHEN until_block <= $2 THEN until END AS "until",
         CASE WHEN until_block <= $2 THEN until_tx_hash END AS "untilTxHash",
         ended_by_burn AND until_block <= $2 AS "endedByBurn"
  FROM custody_period
  WHERE device_id = $1 AND block_height <= $2
  ORDER BY number`

const ANOMALIES = `
  SELECT id, code, message, block_height AS "blockHeight", log_index AS "logIndex",
         "timestamp", tx_hash AS "txHash"
  FROM anomaly
  WHERE device_id = $1 AND block_height <= $2
  ORDER BY id`

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
  const block = await resolveAsOf(sql, asOf)
  const [device] = await sql('SELECT FROM device WHERE id = $1', [deviceId])
  if (device === undefined) {
    throw callerError(
      'DEVICE_NOT_FOUND',
      `No device ${deviceId} is on record.`,
      'Check the id; verifyDevice finds a device by serial or by what is on its label.',
    )
  }
  const parameters = [deviceId, block.height]
  return {
    deviceId,
    asOf: block,
    periods: await sql<CustodyPeriodAsOf>(PERIODS, parameters),
    anomalies: await sql<DeviceAnomaly>(ANOMALIES, parameters),
  }
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
