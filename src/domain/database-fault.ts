/**
 * What a fault of the database means for us:
 * - `away`: it cannot be reached, or takes nobody at the moment (it starts, stops, recovers, has
 *   too many connections); passes;
 * - `full`: it has no room left on its disk; passes when somebody makes room;
 * - `read-only`: it reads, but takes no writes (a standby, or a provider that guards a full disk);
 *   passes when it is made the primary again;
 * - `conflict`: two transactions stood in each other's way; passes when tried again;
 * - `refused`: password, database, role or encryption are not what it was told to accept; only a
 *   person can help;
 * - `damaged`: it found its own data or indexes broken; only a person can help.
 */
export type DatabaseFault = 'away' | 'full' | 'read-only' | 'conflict' | 'refused' | 'damaged'

/** Codes of the operating system that a connection can end with. */
const LOST_CONNECTION: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // A name that does not resolve: containers get theirs when they start.
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])

/** What pg says without a code. */
const LOST_CONNECTION_TEXTS = [
  'connection terminated',
  'not queryable',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'query read timeout',
]
/**
 * The server did not understand what it was sent: too many parameters, or a broken message. A
 * pooler says with the same code, 08P01, that it lost its server.
 */
const NOT_UNDERSTOOD = /\bmessage\b/

const REFUSED_TEXTS = [
  'server does not support ssl',
  'sasl',
  'client password must be a string',
  'self-signed certificate',
  'unable to verify the first certificate',
  'certificate has expired',
]

const BY_SQLSTATE: readonly (readonly [RegExp, DatabaseFault])[] = [
  [/^53100$/, 'full'],
  [/^(08[0-9A-Z]{3}|53[0-9A-Z]{3}|55000|57P0[1-5])$/, 'away'],
  [/^25006$/, 'read-only'],
  [/^(40001|40P01|55P03)$/, 'conflict'],
  [/^(28[0-9A-Z]{3}|3D000|42501)$/, 'refused'],
  [/^XX00[12]$/, 'damaged'],
]

/**
 * What happened, from the code (SQLSTATE or system) and the text of the error beneath.
 *
 * @returns undefined for what is no fault of the database: a statement that it cannot execute
 */
export function databaseFaultOf(code: string, text: string): DatabaseFault | undefined {
  if (code === '08P01' && NOT_UNDERSTOOD.test(text)) return undefined
  const known = BY_SQLSTATE.find(([pattern]) => pattern.test(code))
  if (known !== undefined) return known[1]
  const says = (part: string) => text.toLowerCase().includes(part)
  if (LOST_CONNECTION.has(code) || LOST_CONNECTION_TEXTS.some(says)) return 'away'
  return REFUSED_TEXTS.some(says) ? 'refused' : undefined
}
