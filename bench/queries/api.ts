import { Logger } from '@subsquid/logger'
import { DeviceTrailError } from '../../src/domain/errors'
import { startApi } from '../../src/edge/start-api'
import type { GraphqlRequest } from './question'

/** Milliseconds from sending a request to having read its answer. */
export type AskApi = (request: GraphqlRequest) => Promise<number>

/** The API of the product on its public port, as `devicetrail serve` runs it. Needs lib/. */
export async function openApi(
  databaseUrl: string,
): Promise<{ ask: AskApi; close: () => Promise<void> }> {
  const log = new Logger(() => {}, 'bench')
  const api = await startApi({ port: 0, dbUrl: databaseUrl, log })
  await api.started
  return { ask: (request) => ask(api.port, request), close: api.close }
}

/** @throws DeviceTrailError BENCH_API_REFUSED */
async function ask(port: number, request: GraphqlRequest): Promise<number> {
  const start = performance.now()
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  const answer: { errors?: unknown } = JSON.parse(await response.text())
  const milliseconds = performance.now() - start
  if (response.ok && answer.errors === undefined) return milliseconds
  throw new DeviceTrailError({
    code: 'BENCH_API_REFUSED',
    remedy: 'human',
    what: `The API answers ${response.status} ${JSON.stringify(answer.errors)?.slice(0, 500)}.`,
    todo: 'Build first (npm run build); else correct the request of the bench.',
  })
}
