import { DeviceTrailError } from '../domain/errors'
import { redactUrl } from './redact'
import { url, type Variable } from './variables'

/** The environment as the operating system gives it: every value is text or missing. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Collects every problem before it complains, so that the operator needs one round. */
export class EnvironmentReader {
  readonly problems: string[] = []

  constructor(private readonly environment: Environment) {}

  optional<Value>({ name, schema, fallback, secret, example }: Variable<Value>): Value | undefined {
    const text = this.environment[name]?.trim() || fallback
    if (text === undefined) return undefined
    const result = schema.safeParse(text)
    if (result.success) return result.data
    const shown = secret ? text.split(',').map(redactUrl).join(',') : text
    const expected = result.error.issues.map(({ message }) => message).join('; ')
    this.problems.push(`${name} is "${shown}", expected ${expected}. Example: ${name}=${example}`)
    return undefined
  }

  required<Value>(wanted: Variable<Value>): Value | undefined {
    const before = this.problems.length
    const value = this.optional(wanted)
    if (value === undefined && this.problems.length === before) {
      this.problems.push(`${wanted.name} is missing. Example: ${wanted.name}=${wanted.example}`)
    }
    return value
  }

  /** DB_URL, or its parts with the defaults of a local PostgreSQL. */
  databaseUrl(): string {
    const given = this.environment.DB_URL?.trim()
    if (!given) return urlOfParts(this.environment)
    if (!url('postgres:', 'postgresql:').safeParse(given).success) {
      const example = 'postgres://user:password@localhost:5432/devicetrail'
      this.problems.push(
        `DB_URL is "${redactUrl(given)}", expected a URL that begins with postgres://. ` +
          `Example: DB_URL=${example}`,
      )
    }
    return given
  }

  finish(): void {
    if (this.problems.length === 0) return
    throw new DeviceTrailError({
      code: 'CONFIGURATION',
      remedy: 'human',
      what: `The environment has problems:\n  ${this.problems.join('\n  ')}\n`,
      todo: 'Correct them and start again.',
    })
  }
}

function urlOfParts(environment: Environment): string {
  const result = new URL('postgres://localhost')
  result.hostname = environment.DB_HOST || 'localhost'
  result.port = environment.DB_PORT || '5432'
  result.username = encodeURIComponent(environment.DB_USER || 'postgres')
  result.password = encodeURIComponent(environment.DB_PASS || 'postgres')
  result.pathname = `/${encodeURIComponent(environment.DB_NAME || 'devicetrail')}`
  return result.toString()
}

/** A value that `finish` has vouched for. */
export function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a required value is missing after finish()')
  return value
}
