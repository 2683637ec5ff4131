import { z } from 'zod'
import { blockRef } from '../server/pinned-block'
import type { Question } from '../server/question'
import { DEVICE_FIELDS, device, OWNER_FIELDS, owner } from './entities'

const period = z.object({
  number: z.number(),
  owner,
  startedBy: z.string(),
  since: z.string(),
  /** Absent while it lasts. */
  until: z.string().nullable(),
  blockHeight: z.number(),
  txHash: z.string(),
  endedByBurn: z.boolean(),
})
export type CustodyPeriod = z.infer<typeof period>

const anomaly = z.object({
  code: z.string(),
  message: z.string(),
  timestamp: z.string(),
  blockHeight: z.number(),
  txHash: z.string(),
})
export type Anomaly = z.infer<typeof anomaly>

const chain = z.object({
  asOf: blockRef,
  device,
  periods: z.array(period),
  anomalies: z.array(anomaly),
})
export type CustodyChain = z.infer<typeof chain>

/** Who held a device, in order? Variables: `deviceId`, `asOf`. */
export const CUSTODY_CHAIN: Question<{ custodyChain: CustodyChain }> = {
  name: 'custodyChain',
  text: `query ($deviceId: ID!, $asOf: AsOfInput) {
    custodyChain(deviceId: $deviceId, asOf: $asOf) {
      asOf { height hash timestamp finalized }
      device { ${DEVICE_FIELDS} }
      periods {
        number owner { ${OWNER_FIELDS} } startedBy since until blockHeight txHash endedByBurn
      }
      anomalies { code message timestamp blockHeight txHash }
    }
  }`,
  answer: z.object({ custodyChain: chain }),
}
