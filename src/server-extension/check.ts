import type { RequestCheckContext } from '@subsquid/graphql-server/lib/check'
import type { TypeormOpenreaderContext } from '@subsquid/graphql-server/lib/typeorm'
import { parse } from 'graphql'
import { requestProblem } from './request-limits'
import { announceRequest, REQUEST_ID_HEADER } from './running-request'

/**
 * graphql-server calls it before it executes a request. What asks for too much is refused, with the
 * reason. Of every other request the edge learns which server process will work on it, so that it
 * can stop what nobody waits for.
 *
 * @returns true, or why the request is refused
 */
export async function requestCheck(check: RequestCheckContext): Promise<boolean | string> {
  const { http, context, request, schema, operation } = check
  // Which of several operations is meant is not told: the execution refuses it.
  if (operation === undefined) return true
  // The text of a query that was stored under its hash is not told, so it could not be checked.
  if (request.query === undefined) return 'Expected the text of the query, not only its hash.'
  const document = parse(request.query, { noLocation: true })
  const problem = requestProblem({
    schema,
    document,
    operation,
    variables: request.variables ?? {},
  })
  if (problem !== undefined) return problem
  const id = http.headers.get(REQUEST_ID_HEADER)
  if (id !== null) announceRequest({ id, backend: () => backendOf(context.openreader) })
  return true
}

async function backendOf(openreader: TypeormOpenreaderContext): Promise<number | undefined> {
  const { queryRunner } = await openreader.getEntityManager()
  const connection: { processID?: number } | undefined = await queryRunner?.connect()
  return connection?.processID
}
