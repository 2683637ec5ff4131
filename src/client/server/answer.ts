import { z } from 'zod'
import { DeviceTrailError } from '../../domain/errors'
import type { Question } from './question'

/** What came back over HTTP. */
export interface HttpAnswer {
  readonly url: string
  readonly status: number
  /** Of the content. */
  readonly type: string
  readonly body: string
}

const envelope = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z
          .object({ code: z.string().optional(), incident: z.string().optional() })
          .optional(),
      }),
    )
    .optional(),
})

type ServerError = NonNullable<z.infer<typeof envelope>['errors']>[number]

/** Codes of the server that pass with time; the others speak to the caller, but for INTERNAL. */
const PASSING = new Set(['BUSY', 'DATABASE_UNAVAILABLE', 'QUERY_TIMEOUT'])

/** The server does not know the question, or puts its answer otherwise. */
const OTHER_VERSION = new Set(['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED'])

/**
 * The data of an answer, in the form that the question expects.
 *
 * @throws DeviceTrailError with the code that the server gave, or SERVER_DIFFERENT
 */
export function readAnswer<Answer>(question: Question<Answer>, http: HttpAnswer): Answer {
  const { data, errors } = envelopeOf(http)
  const [error] = errors ?? []
  if (error !== undefined) throw told(question.name, http.url, error)
  const read = question.answer.safeParse(data)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`
  throw different(`${http.url} answers ${question.name} in another form than expected${where}.`)
}

function envelopeOf({ url, status, type, body }: HttpAnswer): z.infer<typeof envelope> {
  const read = envelope.safeParse(jsonOf(body))
  if (read.success && status !== 404) return read.data
  const said = `HTTP ${status}, ${type || 'no content type'}`
  if (status === 502 || status === 503 || status === 504) {
    const what = `${url} has no server behind it at the moment (${said}).`
    throw new DeviceTrailError({
      code: 'SERVER_UNREACHABLE',
      remedy: 'retry',
      what,
      todo: 'Try again later.',
    })
  }
  throw different(`${url} does not answer as a GraphQL server does (${said}).`)
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function told(question: string, url: string, { message, extensions }: ServerError) {
  const code = extensions?.code ?? 'INTERNAL'
  if (OTHER_VERSION.has(code)) {
    return different(`${url} does not understand the question ${question}: ${message}`)
  }
  const remedy = PASSING.has(code) ? 'retry' : code === 'INTERNAL' ? 'human' : 'caller'
  const incident = extensions?.incident
  const todo = incident === undefined ? '' : `Incident ${incident} at ${url}.`
  return new DeviceTrailError({ code, remedy, what: message, todo })
}

function different(what: string): DeviceTrailError {
  return new DeviceTrailError({
    code: 'SERVER_DIFFERENT',
    remedy: 'human',
    what,
    todo: 'Check --url (it ends in /graphql), and that server and command have the same version.',
  })
}
