import { once } from 'node:events'
import { createServer, Server } from 'node:http'
import { expect, it } from 'vitest'
import { onLoopback } from '../../src/edge/loopback'

const open: Server[] = []
const addressOf = async (...given: [string | number, string?]) => {
  const server = createServer()
  open.push(server)
  Reflect.apply(server.listen, server, given)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' ? address?.address : address
}

it('keeps servers without a host off the network, and only while it starts them', async () => {
  const listen = Server.prototype.listen
  try {
    expect(await onLoopback(() => addressOf('0'))).toBe('127.0.0.1')
    expect(await onLoopback(() => addressOf(0, '127.0.0.2'))).toBe('127.0.0.2')
    const failing = () => Promise.reject(new Error('no start'))
    await expect(onLoopback(failing)).rejects.toThrow('no start')
    expect(Server.prototype.listen).toBe(listen)
  } finally {
    for (const server of open) server.close()
  }
})
