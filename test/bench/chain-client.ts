/** Asks the servers of a made-up chain as their clients do. */

/** A log as a node tells it. */
export interface RpcLog {
  address: string
  topics: string[]
  data: string
  blockNumber: string
  blockHash: string
  transactionHash: string
  transactionIndex: string
  logIndex: string
}

/** A block as a gateway tells it. */
export interface GatewayBlock {
  header: { number: number; hash: string; parentHash: string; timestamp: number }
  logs: (Omit<RpcLog, 'logIndex' | 'transactionIndex'> & {
    logIndex: number
    transactionIndex: number
  })[]
}

/** The results of a batch; an Error in the place of each error, with its code in the message. */
export async function askNode<Result>(
  url: string,
  ...calls: readonly (readonly [method: string, ...params: unknown[]])[]
): Promise<Result[]> {
  const body = JSON.stringify(
    calls.map(([method, ...params], id) => ({ jsonrpc: '2.0', id, method, params })),
  )
  const response = await fetch(url, { method: 'POST', body })
  const answers: { result: Result; error?: { code: number; message: string } }[] =
    await response.json()
  return answers.map(({ result, error }) => {
    if (error) throw new Error(`${error.code}: ${error.message}`)
    return result
  })
}

/** The answer to `eth_getLogs`. */
export async function logsOf(url: string, filter: object): Promise<RpcLog[]> {
  const [logs = []] = await askNode<RpcLog[]>(url, ['eth_getLogs', filter])
  return logs
}

/** The blocks of a range, both ends included, in one batch. */
export async function blocksOf(url: string, from: number, to: number, full = false) {
  const heights = Array.from({ length: to - from + 1 }, (_, n) => from + n)
  return askNode<Record<string, unknown>>(
    url,
    ...heights.map((height) => ['eth_getBlockByNumber', hex(height), full] as const),
  )
}

/** Every log that may be asked for. */
export const EVERYTHING = { fromBlock: 'earliest', toBlock: 'latest' }

/** One answer of a gateway, or an Error with its status and text. */
export async function askGateway(
  url: string,
  body: { fromBlock: number; [field: string]: unknown },
) {
  const worker = await (await fetch(`${url}/${body.fromBlock}/worker`)).text()
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(worker, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  const blocks: GatewayBlock[] = await response.json()
  return blocks
}

/** All answers up to the gateway's height, one after the other, from a block on. */
export async function readGateway(
  url: string,
  query: object,
  from = 0,
): Promise<{ blocks: GatewayBlock[]; answers: number }> {
  const height = Number(await (await fetch(`${url}/height`)).text())
  const blocks: GatewayBlock[] = []
  let answers = 0
  for (let next = from; next <= height; answers++) {
    const answer = await askGateway(url, { fromBlock: next, ...query })
    const last = answer.at(-1)?.header.number
    if (last === undefined || last < next) throw new Error(`no progress at ${next}: ${last}`)
    blocks.push(...answer)
    next = last + 1
  }
  return { blocks, answers }
}

/** A number as JSON-RPC writes it. */
export function hex(value: number): string {
  return `0x${value.toString(16)}`
}
