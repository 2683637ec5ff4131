import type { RequestCheckContext } from '@subsquid/graphql-server/lib/check'
import type { TypeormOpenreaderContext } from '@subsquid/graphql-server/lib/typeorm'
import { announceRequest, REQUEST_ID_HEADER } from './running-request'

/**
 * graphql-server calls it before it executes a request. Nothing is refused here; the edge learns
 * which server process will work on the request, so that it can stop what nobody waits for.
 */
export async function requestCheck({ http, context }: RequestCheckContext): Promise<boolean> {
  const id = http.headers.get(REQUEST_ID_HEADER)
  if (id !== null) announceRequest({ id, backend: () => backendOf(context.openreader) })
  return true
}

async function backendOf(openreader: TypeormOpenreaderContext): Promise<number | undefined> {
  const { queryRunner } = await openreader.getEntityManager()
  const connection: { processID?: number } | undefined = await queryRunner?.connect()
  return connection?.processID
}
