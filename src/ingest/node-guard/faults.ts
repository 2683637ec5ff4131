/** Why an answer of an endpoint was of no use; the label of its metric. */
export type FaultReason =
  | 'unreachable'
  | 'connection'
  | 'timeout'
  | 'throttled'
  | 'server_error'
  | 'refused'
  | 'unsupported'
  | 'rpc_error'
  | 'malformed'
  | 'too_large'
  | 'behind'
  | 'wrong_chain'
  | 'wrong_block'
  | 'unlinked'
  | 'logs_incomplete'
  | 'logs_foreign'

interface FaultDetails {
  retryAfterMs?: number
  final?: boolean
  code?: number
}

/** An endpoint did not answer, or with something that must not be passed on. */
export class EndpointFault extends Error {
  /** Time to keep away from the endpoint, as it asked for itself. */
  readonly retryAfterMs: number
  /** Asking the same endpoint again is useless: it refuses, or lacks the method. */
  readonly final: boolean
  /** Code of the JSON-RPC error that it was. */
  readonly code: number | undefined

  constructor(
    readonly reason: FaultReason,
    message: string,
    { retryAfterMs = 0, final = false, code }: FaultDetails = {},
  ) {
    super(message)
    this.name = 'EndpointFault'
    this.retryAfterMs = retryAfterMs
    this.final = final
    this.code = code
  }
}

/** A JSON-RPC error that answers the question and therefore reaches whoever asked. */
export class RpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message)
    this.name = 'RpcError'
  }
}

/** What the processor recognises, and then asks for half of the range. */
const SPLIT_TEXT = /query returned more than|response is too big/i
/** The same in the words of other nodes. */
const TOO_BIG = anyOf(
  'too many (logs|results)',
  'response (size|too large)',
  'block range',
  'range (is )?too (large|wide)',
  'logs? (are )?limited',
  'max(imum)? (block|number|range)',
)
const BEHIND = anyOf(
  'header not found',
  'unknown block',
  'block .*not found',
  'not (yet )?available',
  'beyond (the )?(current )?head',
  'after last accepted',
  'cannot query unfinalized',
  'missing trie node',
)
const THROTTLED = anyOf('rate.?limit', 'too many requests', 'throttl', 'compute units', 'exceeded')
const TIMEOUT = anyOf('timed?.?out', 'deadline')
/** Invalid request, invalid parameters, and a contract call that reverts. */
const ANSWERS: readonly number[] = [-32600, -32602, 3]

/**
 * What a JSON-RPC error of an endpoint means: an `RpcError` is the answer; after an `EndpointFault`
 * another try may be better. A range that is too big is said in the words that make the processor
 * split it, whatever the node's own.
 */
export function readRpcError(error: unknown): EndpointFault | RpcError {
  const { code, message, data } = partsOf(error)
  if (BEHIND.test(message)) return new EndpointFault('behind', message, { code })
  if (SPLIT_TEXT.test(message)) return new RpcError(code, message, data)
  if (TOO_BIG.test(message)) return new RpcError(code, `response is too big: ${message}`, data)
  if (code === -32601) return new EndpointFault('unsupported', message, { final: true, code })
  if (ANSWERS.includes(code) || /revert/i.test(message)) return new RpcError(code, message, data)
  if (TIMEOUT.test(message)) return new EndpointFault('timeout', message, { code })
  if (code === -32005 || code === 429 || THROTTLED.test(message)) {
    return new EndpointFault('throttled', message, { code })
  }
  return new EndpointFault('rpc_error', message, { code })
}

function partsOf(error: unknown): { code: number; message: string; data: unknown } {
  const isObject = typeof error === 'object' && error !== null
  const code = isObject && 'code' in error ? Number(error.code) : Number.NaN
  return {
    code: Number.isFinite(code) ? code : -32_603,
    message: isObject && 'message' in error ? String(error.message) : String(error),
    data: isObject && 'data' in error ? error.data : undefined,
  }
}

function anyOf(...phrases: string[]): RegExp {
  return new RegExp(phrases.join('|'), 'i')
}
