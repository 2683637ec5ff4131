import { Server } from 'node:http'

export const LOOPBACK = '127.0.0.1'

/**
 * Lets servers that are started without a host, meanwhile, listen on the loopback interface only.
 * graphql-server knows a port but no host, and would offer what is behind the edge, unfiltered, to
 * the whole network.
 */
export async function onLoopback<Result>(start: () => Promise<Result>): Promise<Result> {
  const listen = Server.prototype.listen
  Server.prototype.listen = function onLoopbackOnly(this: Server, ...given: unknown[]) {
    const [port, ...rest] = given
    const lacksHost = typeof rest[0] !== 'string' && typeof port !== 'object'
    return Reflect.apply(listen, this, lacksHost ? [port, LOOPBACK, ...rest] : given)
  }
  try {
    return await start()
  } finally {
    Server.prototype.listen = listen
  }
}
