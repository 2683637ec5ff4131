import type { Logger } from '@subsquid/logger'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { REQUEST_ID_HEADER } from '../server-extension/running-request'
import type { AbandonedQueries } from './abandoned-queries'
import { stopWork, untilLate } from './deadline'
import { FAULT_MESSAGES } from './faults'
import { type Answer, endToEnd, forward } from './forward'
import type { ApiLimits } from './limits'
import { untilDatabaseIsLost } from './lost-database'
import type { Readiness } from './readiness'
import { refusal } from './refusal'
import { refuseCrowd, refuseExcess } from './refuse-excess'
import { type RawError, toldErrors } from './told-errors'

const STARTING = 'The server has started and waits for its database. Try again later.'

/** What the public port is made of. */
interface Behind {
  /** Of graphql-server; undefined as long as it waits for the database. */
  graphqlPort(): number | undefined
  readiness: Readiness
  abandoned: AbandonedQueries
  limits: ApiLimits
  log: Logger
}

/** The public routes: /graphql, /console, /health and /ready; everything else is not found. */
export function publicApp(behind: Behind): Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/health', (_, response) => {
    response.json({ status: 'ok' })
  })
  app.get('/ready', ready(behind.readiness))
  app.get(['/console', '/console/'], (_, response) => response.redirect('/graphql'))
  app.use('/console', toGraphqlServer(behind))
  app.use(
    '/graphql',
    express.json({ limit: behind.limits.requestBytes }),
    refuseExcess(behind.limits),
    refuseCrowd(behind.limits),
    toGraphqlServer(behind),
  )
  app.use((_, response) => {
    response.status(404).json(refusal('NOT_FOUND', 'There is nothing here; see /graphql.'))
  })
  app.use(refuse(behind))
  return app
}

function ready(readiness: Readiness): RequestHandler {
  return async (_, response) => {
    const status = await readiness.status()
    const reason = status === null ? 'the database does not answer' : 'the indexer is behind'
    const isReady = status?.ready === true
    response
      .status(isReady ? 200 : 503)
      .json({ ready: isReady, ...(isReady ? {} : { reason }), status })
  }
}

function toGraphqlServer(behind: Behind): RequestHandler {
  return (request, response, next) => {
    const port = behind.graphqlPort()
    if (port === undefined) {
      response.status(503).json(refusal('DATABASE_UNAVAILABLE', STARTING))
      return
    }
    const { method, originalUrl: path, headers } = request
    const hasBody = method === 'POST'
    const tracked = behind.abandoned.track()
    const own = { [REQUEST_ID_HEADER]: tracked.id }
    const asked = {
      method,
      path,
      headers: { ...headers, ...own, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
      ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
    }
    const done = new AbortController()
    const ended = () => {
      tracked.end()
      done.abort()
    }
    const work = forward(port, asked, done.signal)
    work.then(ended, ended)
    const lost = untilDatabaseIsLost(behind.readiness, done.signal)
    lost.catch(ended)
    const late = untilLate(behind.limits.requestTimeoutMs, done.signal)
    late.catch(() => stopWork(tracked, done.signal))
    response.once('close', () => {
      if (!response.writableFinished) void stopWork(tracked, done.signal)
    })
    Promise.race([work, lost, late])
      .then(async (answer) => {
        const told = await tell(answer, behind)
        response.status(told.status).set(endToEnd(answer.headers)).send(told.body)
      })
      .catch(next)
  }
}

/** The answer as callers get it: errors told, and nothing else changed. */
async function tell(
  answer: Answer,
  { readiness, log }: Behind,
): Promise<{ status: number; body: Buffer | string }> {
  const isJson = answer.headers['content-type']?.startsWith('application/json') === true
  if (!isJson) {
    if (answer.status < 400) return answer
    const message = 'The request is no GraphQL request: expected a JSON body with a query.'
    return { status: answer.status, body: JSON.stringify(refusal('BAD_REQUEST', message)) }
  }
  const { errors, ...rest }: { errors?: RawError[] } = JSON.parse(answer.body.toString())
  if (errors === undefined) return answer
  const told = toldErrors(errors, {
    status: answer.status,
    databaseGone: answer.status >= 500 && (await readiness.status()) === null,
    report: (incident, error) => log.error({ incident, error }, 'a query failed'),
  })
  const unavailable = told.some(({ extensions }) => extensions.code === 'DATABASE_UNAVAILABLE')
  const status = unavailable ? 503 : answer.status
  return { status, body: JSON.stringify({ errors: told, ...rest }) }
}

/**
 * Faults of the edge itself: a body that cannot be read, or a server behind it that does not
 * answer.
 */
function refuse({ limits, log }: Behind): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    if (error.type === 'entity.too.large') {
      const message = `The request exceeds ${limits.requestBytes} bytes; ask in several parts.`
      response.status(413).json(refusal('REQUEST_TOO_LARGE', message))
    } else if (typeof error.status === 'number' && error.status < 500) {
      const message = 'The request cannot be read: expected a JSON body with a query.'
      response.status(error.status).json(refusal('BAD_REQUEST', message))
    } else if (error.code === 'QUERY_TIMEOUT') {
      response.status(503).json(refusal(error.code, error.message))
    } else if (error.code === 'DATABASE_UNAVAILABLE') {
      log.error(error.message)
      response.status(503).json(refusal(error.code, FAULT_MESSAGES.DATABASE_UNAVAILABLE))
    } else {
      log.error(error)
      response.status(500).json(refusal('INTERNAL', FAULT_MESSAGES.INTERNAL))
    }
  }
}
