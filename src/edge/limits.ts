/** What one request may cost. */
export interface ApiLimits {
  /** Root fields of a query. */
  rootFields: number
  /** Upper bound of the nodes of an answer, reckoned from its page sizes before it is computed. */
  responseNodes: number
  /** Milliseconds that one SQL statement may run. */
  statementTimeoutMs: number
  /** Milliseconds from the arrival of a request to its answer, however many statements it takes. */
  requestTimeoutMs: number
  /** Requests that are being answered or wait for a connection; more are refused. */
  requestsAtOnce: number
  /** Of the whole body, variables included. */
  requestBytes: number
  /**
   * Of the text of the query. To parse and validate it holds up every other request, and the time
   * grows faster than the text; lists go into the variables, which cost nothing of the kind.
   */
  queryCharacters: number
  /** Braces, brackets and parentheses of a query, or of its variables, within each other. */
  nesting: number
  /**
   * Of the variables. Each is compared with every field of its type, so that thousands of filters
   * would hold up every other request.
   */
  objects: number
}

/**
 * The largest request is a lookup of 10,000 identifiers: 200 bytes for each, which is twice a full
 * GS1 scan and leaves room for links, and ten nodes for each: its row, eight fields of its device,
 * and one to spare. The longest query of a person, or of a tool that reads the schema, is a few
 * thousand characters.
 */
export const DEFAULT_LIMITS: ApiLimits = {
  rootFields: 10,
  responseNodes: 100_000,
  statementTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  requestsAtOnce: 100,
  requestBytes: 10_000 * 200,
  queryCharacters: 16 * 1024,
  nesting: 64,
  objects: 1_000,
}
