import { isIP } from 'node:net'
import { z } from 'zod'
import { DeviceTrailError } from '../domain/errors'
import { type FollowedContract, parseContracts } from './contracts'
import { redactUrl } from './redact'

/** The environment as the operating system gives it: every value is text or missing. */
export type Environment = Readonly<Record<string, string | undefined>>

export interface DatabaseConfig {
  databaseUrl: string
}

export interface IndexConfig extends DatabaseConfig {
  rpcUrl: string
  /** Archive of final blocks in front of the node. */
  gatewayUrl?: string
  contracts: readonly FollowedContract[]
  /** Distance from the head behind which a block is taken as final. */
  finalityBlocks: number
  headPollMs: number
  metricsPort: number
}

export interface ServeConfig extends DatabaseConfig {
  /** Interface to listen on; only this machine by default. */
  host: string
  port: number
}

/** Plain digits only: `Number('')` is 0 and `Number('1e3')` is 1000, and neither was meant. */
function whole(min: number, max: number) {
  return z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max, {
      message: `a whole number from ${min} to ${max}`,
    })
    .transform(Number)
}

function url(...protocols: string[]) {
  return z.string().refine(
    (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
    { message: `a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}` },
  )
}

const contracts = z.string().transform((text, context): FollowedContract[] => {
  const parsed = parseContracts(text)
  if (typeof parsed !== 'string') return parsed
  context.addIssue({ code: 'custom', message: `name=0xaddress@startBlock, comma separated; ${parsed}` })
  return z.NEVER
})

interface Variable<Value> {
  name: string
  schema: z.ZodType<Value>
  fallback?: string
  example: string
  secret?: boolean
}

function variable<Value>(definition: Variable<Value>): Variable<Value> {
  return definition
}

/** Every variable of the indexer and the API, with its default. `DB_*` and `LOG_LEVEL` stand beside. */
export const VARIABLES = {
  rpcUrl: variable({
    name: 'RPC_URL',
    schema: url('http:', 'https:', 'ws:', 'wss:'),
    example: 'http://localhost:8545',
    secret: true,
  }),
  gatewayUrl: variable({
    name: 'GATEWAY_URL',
    schema: url('http:', 'https:'),
    example: 'https://v2.archive.subsquid.io/network/ethereum-mainnet',
    secret: true,
  }),
  contracts: variable({
    name: 'CONTRACTS',
    schema: contracts,
    example: 'acme=0x5fbdb2315678afecb367f032d93f642f64180aa3@0',
  }),
  finalityBlocks: variable({
    name: 'FINALITY_BLOCKS',
    schema: whole(0, 100_000),
    fallback: '64',
    example: '64',
  }),
  headPollMs: variable({
    name: 'HEAD_POLL_MS',
    schema: whole(50, 600_000),
    fallback: '1000',
    example: '1000',
  }),
  metricsPort: variable({
    name: 'METRICS_PORT',
    schema: whole(0, 65_535),
    fallback: '4351',
    example: '4351',
  }),
  host: variable({
    name: 'HOST',
    schema: z.string().refine((text) => isIP(text) > 0 || text === 'localhost', {
      message: 'an IP address of this machine, or 0.0.0.0 for all of them',
    }),
    fallback: '127.0.0.1',
    example: '0.0.0.0',
  }),
  port: variable({
    name: 'PORT',
    schema: whole(0, 65_535),
    fallback: '4350',
    example: '4350',
  }),
}

/** Collects every problem before it complains, so that the operator needs one round. */
class Reader {
  readonly problems: string[] = []

  constructor(private readonly environment: Environment) {}

  optional<Value>({ name, schema, fallback, secret, example }: Variable<Value>): Value | undefined {
    const text = this.environment[name]?.trim() || fallback
    if (text === undefined) return undefined
    const result = schema.safeParse(text)
    if (result.success) return result.data
    const shown = secret ? redactUrl(text) : text
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
        `DB_URL is "${redactUrl(given)}", expected a URL that begins with postgres://. Example: DB_URL=${example}`,
      )
    }
    return given
  }

  finish(): void {
    if (this.problems.length === 0) return
    throw new DeviceTrailError({
      code: 'CONFIGURATION',
      remedy: 'human',
      what: `The environment has ${this.problems.length} problem(s):\n  ${this.problems.join('\n  ')}\n`,
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

/** @throws DeviceTrailError CONFIGURATION, naming every problem at once */
export function readDatabaseConfig(environment: Environment): DatabaseConfig {
  const reader = new Reader(environment)
  const databaseUrl = reader.databaseUrl()
  reader.finish()
  return Object.freeze({ databaseUrl })
}

/** @throws DeviceTrailError CONFIGURATION, naming every problem at once */
export function readServeConfig(environment: Environment): ServeConfig {
  const reader = new Reader(environment)
  const databaseUrl = reader.databaseUrl()
  const host = reader.required(VARIABLES.host)
  const port = reader.required(VARIABLES.port)
  reader.finish()
  return Object.freeze({ databaseUrl, host: given(host), port: given(port) })
}

/** @throws DeviceTrailError CONFIGURATION, naming every problem at once */
export function readIndexConfig(environment: Environment): IndexConfig {
  const reader = new Reader(environment)
  const databaseUrl = reader.databaseUrl()
  const rpcUrl = reader.required(VARIABLES.rpcUrl)
  const gatewayUrl = reader.optional(VARIABLES.gatewayUrl)
  const followed = reader.required(VARIABLES.contracts)
  const finalityBlocks = reader.required(VARIABLES.finalityBlocks)
  const headPollMs = reader.required(VARIABLES.headPollMs)
  const metricsPort = reader.required(VARIABLES.metricsPort)
  reader.finish()
  return Object.freeze({
    databaseUrl,
    rpcUrl: given(rpcUrl),
    ...(gatewayUrl && { gatewayUrl }),
    contracts: given(followed),
    finalityBlocks: given(finalityBlocks),
    headPollMs: given(headPollMs),
    metricsPort: given(metricsPort),
  })
}

export interface DemoConfig {
  /** Data folder. */
  home: string
  port: number
  metricsPort: number
}

/** @throws DeviceTrailError CONFIGURATION, naming every problem at once */
export function readDemoConfig(environment: Environment): DemoConfig {
  const reader = new Reader(environment)
  const port = reader.required(VARIABLES.port)
  const metricsPort = reader.required(VARIABLES.metricsPort)
  reader.finish()
  const home = environment.DEVICETRAIL_HOME?.trim() || '.devicetrail'
  return Object.freeze({ home, port: given(port), metricsPort: given(metricsPort) })
}

/** A value that `finish` has vouched for. */
function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a required value is missing after finish()')
  return value
}
