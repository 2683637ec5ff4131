import { isIP } from 'node:net'
import { z } from 'zod'
import { type FollowedContract, parseContracts } from './contracts'

/** Plain digits only: `Number('')` is 0 and `Number('1e3')` is 1000, and neither was meant. */
function whole(min: number, max: number) {
  return z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max, {
      message: `a whole number from ${min} to ${max}`,
    })
    .transform(Number)
}

/** A URL with one of these protocols. */
export function url(...protocols: string[]) {
  return z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
      message: `a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    })
}

/** One or more URLs with these protocols, comma separated. */
function urls(...protocols: string[]) {
  const one = url(...protocols)
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every((part) => one.safeParse(part).success), {
      message:
        `URLs that begin with ${protocols.map((p) => `${p}//`).join(' or ')}, comma separated, ` +
        'the preferred one first',
    })
}

const contracts = z.string().transform((text, context): FollowedContract[] => {
  const parsed = parseContracts(text)
  if (typeof parsed !== 'string') return parsed
  context.addIssue({
    code: 'custom',
    message: `name=0xaddress@startBlock, comma separated; ${parsed}`,
  })
  return z.NEVER
})

/** One variable of the environment: how it is read, and how it is explained when it cannot be. */
export interface Variable<Value> {
  name: string
  schema: z.ZodType<Value>
  fallback?: string
  example: string
  secret?: boolean
}

function variable<Value>(definition: Variable<Value>): Variable<Value> {
  return definition
}

/** Every variable of the indexer and the API, with its default. `DB_*` stand beside. */
export const VARIABLES = {
  rpcUrl: variable({
    name: 'RPC_URL',
    schema: urls('http:', 'https:', 'ws:', 'wss:'),
    example: 'https://node.example,https://other.example',
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
    fallback: '200',
    example: '200',
  }),
  reorgConfirmMs: variable({
    name: 'REORG_CONFIRM_MS',
    schema: whole(0, 86_400_000),
    fallback: '30000',
    example: '30000',
  }),
  logsBloom: variable({
    name: 'LOGS_BLOOM',
    schema: z.enum(['on', 'off']),
    fallback: 'on',
    example: 'off',
  }),
  metricsPort: variable({
    name: 'METRICS_PORT',
    schema: whole(0, 65_535),
    fallback: '4351',
    example: '4351',
  }),
  logLevel: variable({
    name: 'LOG_LEVEL',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error']),
    fallback: 'info',
    example: 'debug',
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
