import { getWebSocketRpcClient } from 'viem/utils'
import { EndpointFault } from './faults'
import type { Call, CallResult, HeadListener, Transport } from './transport'

type Client = Awaited<ReturnType<typeof getWebSocketRpcClient>>

/**
 * JSON-RPC over a WebSocket, with news of heads. A connection that broke is opened again by the
 * next call; until then the poll of the head stands in for the news.
 */
export function wsTransport(url: string): Transport {
  let client: Client | undefined
  let opening: Promise<Client> | undefined
  let closed = false
  let heads: HeadListener | undefined

  const drop = () => {
    try {
      client?.close()
    } catch {
      // It was closed already.
    }
    client = undefined
  }
  const open = async () => {
    const opened = await getWebSocketRpcClient(url, { reconnect: false })
    if (closed) opened.close()
    client = opened
    if (heads) subscribe(opened, heads)
    return opened
  }
  const connect = async () => {
    if (closed) throw new EndpointFault('connection', 'the guard was closed')
    if (client !== undefined && client.socket.readyState === client.socket.OPEN) return client
    drop()
    opening ??= open().finally(() => {
      opening = undefined
    })
    return opening
  }
  return {
    async send(calls, timeoutMs) {
      try {
        return await withTimeout(sendAll(await connect(), calls, timeoutMs), timeoutMs)
      } catch (error) {
        if (!(error instanceof Error && error.name === 'TimeoutError')) drop()
        throw readFault(error, timeoutMs)
      }
    },
    onHeads(listener) {
      heads = listener
      if (client) subscribe(client, listener)
    },
    close() {
      closed = true
      drop()
    },
  }
}

function sendAll(client: Client, calls: readonly Call[], timeout: number): Promise<CallResult[]> {
  return Promise.all(
    calls.map(async ({ method, params }) => {
      const answer = await client.requestAsync({ body: { method, params }, timeout })
      return answer.error === undefined ? { result: answer.result } : { error: answer.error }
    }),
  )
}

/** The next call after the end of a connection opens a new one, and with it a subscription. */
function subscribe(client: Client, heads: HeadListener): void {
  client.request({
    body: { method: 'eth_subscribe', params: ['newHeads'] },
    onResponse: ({ error }) => (error === undefined ? heads.newHead() : heads.fellSilent()),
    onError: () => heads.fellSilent(),
  })
}

function withTimeout<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  const fault = new EndpointFault('timeout', `no answer within ${ms} ms`)
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(fault), ms)
  })
  return Promise.race([work, end]).finally(() => clearTimeout(timer))
}

function readFault(error: unknown, timeoutMs: number): EndpointFault {
  if (error instanceof EndpointFault) return error
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new EndpointFault('timeout', `no answer within ${timeoutMs} ms`)
  }
  // A message of viem carries the URL, and with it perhaps a key.
  const name = error instanceof Error ? error.name : 'closed'
  return new EndpointFault('connection', `no connection (${name})`)
}
