/** One JSON-RPC call. */
export interface Call {
  method: string
  params: readonly unknown[]
}

export type CallResult = { result: unknown } | { error: unknown }

/** Who wants to know of the heads of an endpoint. */
export interface HeadListener {
  /** It has a new head, or begins to tell of them. */
  newHead(): void
  /** It does not tell of them any more. */
  fellSilent(): void
}

/** The way to one endpoint. */
export interface Transport {
  /**
   * One result for each call, in order.
   *
   * @throws EndpointFault connection, timeout, throttled, server_error, refused, malformed
   */
  send(calls: readonly Call[], timeoutMs: number): Promise<CallResult[]>
  /** Tells of the endpoint's heads, where it can. */
  onHeads?(listener: HeadListener): void
  close(): void
}
