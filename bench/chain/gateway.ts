import type { IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import {
  type ArchiveRequest,
  readArchiveRequest,
} from '../../src/ingest/rpc-gateway/archive-request'
import { headerText, SEPARATOR } from './build/stored-chain'
import type { Chain } from './chain'
import { refusalOf } from './gateway-request'
import { type Answer, type LoopbackServer, startLoopback } from './loopback'

/** How a gateway serves a chain. */
export interface GatewayOptions {
  /** An answer ends with the block that brings it to so many logs. */
  readonly logsPerAnswer?: number
  /** Blocks so far behind the head are served as final, and none after them. */
  readonly finalityBlocks?: number
  /** Before each answer to an HTTP request, in milliseconds. */
  readonly latencyMs?: number
  /** Port on 127.0.0.1; 0 lets the system pick one. */
  readonly port?: number
}

const LOGS_PER_ANSWER = 5_000
const FINALITY_BLOCKS = 64
/** Of an answer with every block in it. */
const WHOLE_BLOCKS_MAX = 1_000

/**
 * A gateway as `EvmBatchProcessor.setGateway` takes it, which serves the logs of our contract. An
 * answer is a stretch of the stored file as it is, so serving takes hardly any processor time.
 */
export function startGateway(chain: Chain, options: GatewayOptions = {}): Promise<LoopbackServer> {
  const { latencyMs = 0, port = 0, finalityBlocks = FINALITY_BLOCKS } = options
  const height = Math.max(0, chain.head - finalityBlocks)
  const { logsPerAnswer = LOGS_PER_ANSWER } = options
  return startLoopback(async (request) => {
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs))
    if (request.url === '/height') return plain(200, String(height))
    if (/^\/\d+\/worker$/.test(request.url ?? '')) return plain(200, workerUrl(request))
    if (request.url !== '/worker' || request.method !== 'POST') return plain(404, 'no such path')
    const asked = readArchiveRequest(await json(request))
    const refusal = typeof asked === 'string' ? asked : refusalOf(asked, chain.topics)
    if (typeof asked === 'string' || refusal !== undefined) {
      return plain(400, `This gateway serves logs of one contract only: ${refusal}`)
    }
    if (asked.fromBlock > height) return plain(503, `block ${asked.fromBlock} is not final yet`)
    const body = await blocks(chain, asked, { height, logsPerAnswer })
    return { status: 200, type: 'application/json', body }
  }, port)
}

/** The blocks of ours from the first one asked on, and always the last one that was looked at. */
async function blocks(
  chain: Chain,
  { fromBlock, toBlock = Number.MAX_SAFE_INTEGER, logs = [], includeAllBlocks }: ArchiveRequest,
  { height, logsPerAnswer }: { height: number; logsPerAnswer: number },
): Promise<(Buffer | string)[]> {
  const wanted = Math.min(toBlock, height)
  const first = chain.positionFrom(fromBlock)
  if (includeAllBlocks === true) {
    const last = Math.min(wanted, fromBlock + WHOLE_BLOCKS_MAX - 1)
    return ['[', await wholeBlocks(chain, fromBlock, last, logs.length > 0), ']']
  }
  const all = logs.length > 0 ? chain.positionFrom(wanted + 1) : first
  let end = first
  for (let count = 0; end < all && count < logsPerAnswer; end++) count += chain.logsAt(end)
  const last = end < all ? chain.heightAt(end - 1) : wanted
  const bytes = await chain.blockBytes(first, end)
  if (end > first && chain.heightAt(end - 1) === last) return ['[', bytes, ']']
  return ['[', bytes, end > first ? ',' : '', emptyBlock(chain, last), ']']
}

/** Every block, also those without a log of ours: asked for single blocks, to learn a hash. */
async function wholeBlocks(
  chain: Chain,
  from: number,
  to: number,
  withLogs: boolean,
): Promise<string> {
  const first = chain.positionFrom(from)
  const end = withLogs ? chain.positionFrom(to + 1) : first
  const bytes = await chain.blockBytes(first, end)
  const texts = first < end ? bytes.toString('latin1').split(SEPARATOR) : []
  const stored = new Map(texts.map((text, n) => [chain.heightAt(first + n), text]))
  return Array.from({ length: to - from + 1 }, (_, n) => {
    return stored.get(from + n) ?? emptyBlock(chain, from + n)
  }).join(',')
}

function emptyBlock(chain: Chain, height: number): string {
  return `{"header":${headerText(height, chain.names)},"logs":[]}`
}

function workerUrl({ headers }: IncomingMessage): string {
  return `http://${headers.host}/worker`
}

function plain(status: number, text: string): Answer {
  return { status, type: 'text/plain', body: [text] }
}
