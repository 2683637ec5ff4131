import { createServer } from 'node:net'
import { demoError } from '../demo-error'

const HIGHEST_PORT = 65_535

/** A port on 127.0.0.1 that the operating system says is free now. */
export async function freePort(): Promise<number> {
  const port = await tryListen(0)
  if (port === undefined) {
    throw demoError(
      'DEMO_NO_FREE_PORT',
      'The operating system has no free TCP port on 127.0.0.1.',
      'End a program that holds many.',
    )
  }
  return port
}

/**
 * The first free port from `wanted` upwards, leaving out `taken` (ports promised to a server that
 * does not listen yet). Looks at no more than `tries` ports, so that an error comes soon.
 */
export async function firstFreePort(
  wanted: number,
  taken: readonly number[] = [],
  tries = 100,
): Promise<number> {
  const last = Math.min(wanted + tries - 1, HIGHEST_PORT)
  for (let port = wanted; port <= last; port++) {
    if (!taken.includes(port) && (await isFree(port))) return port
  }
  throw demoError(
    'DEMO_NO_FREE_PORT',
    `No free TCP port between ${wanted} and ${last}.`,
    'End what listens there or choose another port.',
  )
}

// A server on the wildcard address and one on loopback may both hold one port on some systems, so
// both are tried: the API may listen on either.
async function isFree(port: number): Promise<boolean> {
  return (await tryListen(port)) !== undefined && (await tryListen(port, '0.0.0.0')) !== undefined
}

function tryListen(port: number, host = '127.0.0.1'): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      const bound = address !== null && typeof address === 'object' ? address.port : undefined
      server.close(() => resolve(bound))
    })
  })
}
