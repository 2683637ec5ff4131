/** One JSON-RPC call. */
export interface Call {
  method: string
  params: readonly unknown[]
}

export type CallResult = { result: unknown } | { error: unknown }

/** The way to one endpoint. */
export interface Transport {
  /**
   * One result for each call, in order.
   *
   * @throws EndpointFault connection, timeout, throttled, server_error, refused, malformed
   */
  send(calls: readonly Call[], timeoutMs: number): Promise<CallResult[]>
  /** Calls back soon after the endpoint has a new block, where it can tell. */
  onNewHead?(listener: () => void): void
  close(): void
}
