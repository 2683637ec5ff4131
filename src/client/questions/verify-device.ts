import { z } from 'zod'
import { blockRef } from '../server/pinned-block'
import type { Question } from '../server/question'
import { DEVICE_FIELDS, device } from './entities'

const verdict = z.enum([
  'GENUINE',
  'RECALLED',
  'DECOMMISSIONED',
  'EXPIRED',
  'MISMATCH',
  'SUSPECT',
  'AMBIGUOUS',
  'UNKNOWN',
  'INVALID',
])
export type Verdict = z.infer<typeof verdict>

const reason = z.object({
  /** Stable; programs match on it. */
  code: z.string(),
  message: z.string(),
  txHash: z.string().nullable(),
  blockHeight: z.number().nullable(),
  logIndex: z.number().nullable(),
})
export type Reason = z.infer<typeof reason>

const verification = z.object({
  verdict,
  reasons: z.array(reason),
  device: device.nullable(),
  /** All devices that answer to the identifier. */
  candidates: z.array(device),
  /** Open recalls of any of them, whatever the verdict. */
  openRecalls: z.array(z.object({ id: z.string(), class: z.string() })),
  parsed: z.object({ syntax: z.string(), problems: z.array(z.string()) }),
  asOf: blockRef,
})
export type Verification = z.infer<typeof verification>

/** Is this unit genuine? Variables: `identifier`, `claims`. */
export const VERIFY_DEVICE: Question<{ verifyDevice: Verification }> = {
  name: 'verifyDevice',
  text: `query ($identifier: String!, $claims: DeviceClaimsInput) {
    verifyDevice(identifier: $identifier, claims: $claims) {
      verdict
      reasons { code message txHash blockHeight logIndex }
      device { ${DEVICE_FIELDS} }
      candidates { ${DEVICE_FIELDS} }
      openRecalls { id class }
      parsed { syntax problems }
      asOf { height hash timestamp finalized }
    }
  }`,
  answer: z.object({ verifyDevice: verification }),
}
