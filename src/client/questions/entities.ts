import { z } from 'zod'

/** The fields by which people know a device. */
export const DEVICE_FIELDS =
  'id serial lot expiresOn disposition model { name udiDi } owner { id name }'

export const device = z.object({
  id: z.string(),
  serial: z.string().nullable(),
  lot: z.string().nullable(),
  /** YYYY-MM-DD */
  expiresOn: z.string().nullable(),
  disposition: z.string(),
  model: z.object({ name: z.string().nullable(), udiDi: z.string().nullable() }).nullable(),
  /** Holder at present. */
  owner: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
})
export type Device = z.infer<typeof device>

export const OWNER_FIELDS = 'id name kind gln'

export const owner = z.object({
  id: z.string(),
  name: z.string().nullable(),
  kind: z.string().nullable(),
  gln: z.string().nullable(),
})
export type Owner = z.infer<typeof owner>

export const PAGE_FIELDS = 'pageInfo { hasNextPage endCursor }'

export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string() })
