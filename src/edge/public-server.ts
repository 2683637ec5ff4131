import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DeviceTrailError } from '../domain/errors'

/** What a request that is being answered may still take when the server is closed. */
const CLOSE_MS = 5_000

/**
 * Opens the port; returns the one that it is.
 *
 * @throws DeviceTrailError PORT_UNAVAILABLE
 */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const what = `Port ${port} of ${host} cannot be listened on (${cause.code}).`
      const todo = 'Stop what uses it, or set PORT to another one.'
      reject(
        new DeviceTrailError({ code: 'PORT_UNAVAILABLE', remedy: 'human', what, todo }, { cause }),
      )
    })
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

/**
 * Lets running requests end, for five seconds at most; connections that only wait for a next one
 * are cut at once.
 */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
