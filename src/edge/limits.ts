/** What one request may cost. */
export interface ApiLimits {
  /** Root fields of a query. */
  rootFields: number
  /** Upper bound of the nodes of an answer, reckoned from its page sizes before it is computed. */
  responseNodes: number
  /** Milliseconds that one SQL statement may run. */
  statementTimeoutMs: number
  requestBytes: number
}

export const DEFAULT_LIMITS: ApiLimits = {
  rootFields: 10,
  responseNodes: 10_000,
  statementTimeoutMs: 10_000,
  requestBytes: 256 * 1024,
}
