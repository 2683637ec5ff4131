import { channel } from 'node:diagnostics_channel'

/** Under which the edge names a request to graphql-server. */
export const REQUEST_ID_HEADER = 'x-devicetrail-request'

/** A request whose execution begins. */
export interface RunningRequest {
  id: string
  /** The server process of its transaction; undefined when there is none any more. */
  backend(): Promise<number | undefined>
}

/**
 * Tells the edge of each request. By name and not by import, because graphql-server loads this
 * folder by path: under a test runner its modules are others than those that the edge imports.
 */
const REQUESTS = channel('devicetrail:request')

export function announceRequest(request: RunningRequest): void {
  REQUESTS.publish(request)
}

/** @returns ends the listening */
export function onRequest(listen: (request: RunningRequest) => void): () => void {
  // Only announceRequest publishes there.
  const listener = (message: unknown) => listen(message as RunningRequest)
  REQUESTS.subscribe(listener)
  return () => {
    REQUESTS.unsubscribe(listener)
  }
}
