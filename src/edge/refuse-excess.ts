import type { RequestHandler } from 'express'
import type { ApiLimits } from './limits'
import { jsonShape, queryNesting } from './nesting'
import { refusal } from './refusal'

/** Refuses what is too long, too large or nested too deep, before anything parses it. */
export function refuseExcess({ queryCharacters, nesting, objects }: ApiLimits): RequestHandler {
  return ({ body, query }, response, next) => {
    const shape = jsonShape(body, nesting)
    const isDeep = shape.depth > nesting
    const text: unknown = isDeep ? undefined : (body?.query ?? query.query)
    if (typeof text === 'string' && text.length > queryCharacters) {
      const what = `The query has ${text.length} characters`
      const message = `${what}, but at most ${queryCharacters} are read; send lists as variables.`
      response.status(413).json(refusal('REQUEST_TOO_LARGE', message))
    } else if (!isDeep && shape.objects > objects) {
      const what = `The variables hold ${shape.objects} objects, but at most ${objects} are read`
      const message = `${what}; give many values of one field as a list (_in).`
      response.status(413).json(refusal('REQUEST_TOO_LARGE', message))
    } else if (isDeep || (typeof text === 'string' && queryNesting(text) > nesting)) {
      const what = isDeep ? 'The body' : 'The query'
      const message = `${what} is nested too deep: at most ${nesting} levels are read.`
      response.status(400).json(refusal('REQUEST_TOO_DEEP', message))
    } else next()
  }
}

/**
 * Refuses a request while too many are being answered. One that waits for a connection behind
 * a hundred others would be told only after its deadline that it waited in vain.
 */
export function refuseCrowd({ requestsAtOnce }: ApiLimits): RequestHandler {
  let running = 0
  return (_, response, next) => {
    if (running >= requestsAtOnce) {
      const message = `${running} requests are being answered already. Try again in a moment.`
      response.status(503).set('retry-after', '1').json(refusal('BUSY', message))
      return
    }
    running += 1
    response.once('close', () => {
      running -= 1
    })
    next()
  }
}
