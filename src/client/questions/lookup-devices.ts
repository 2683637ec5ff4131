import { z } from 'zod'
import type { Question } from '../server/question'
import { DEVICE_FIELDS, device } from './entities'

const outcome = z.enum(['MATCHED', 'AMBIGUOUS', 'NOT_FOUND', 'INVALID', 'DUPLICATE_ROW'])

const deviceLookup = z.object({
  /** Of the request, counted from 1. */
  row: z.number(),
  outcome,
  device: device.nullable(),
  candidateCount: z.number(),
  /** The earlier row of the request that names the same. */
  duplicateOf: z.number().nullable(),
  parsed: z.object({
    udiDi: z.string().nullable(),
    serial: z.string().nullable(),
    problems: z.array(z.string()),
  }),
})
export type DeviceLookup = z.infer<typeof deviceLookup>

/** Which devices are these? Variables: `identifiers`, at most 10,000. */
export const LOOKUP_DEVICES: Question<{ lookupDevices: DeviceLookup[] }> = {
  name: 'lookupDevices',
  text: `query ($identifiers: [String!]!) {
    lookupDevices(identifiers: $identifiers) {
      row outcome candidateCount duplicateOf
      device { ${DEVICE_FIELDS} }
      parsed { udiDi serial problems }
    }
  }`,
  answer: z.object({ lookupDevices: z.array(deviceLookup) }),
}
