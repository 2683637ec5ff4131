import type { GuardAnswers } from './answers'
import { isQuantity } from './chain-block'
import { RpcError } from './faults'
import type { Call } from './transport'

export interface Request extends Call {
  id: number | string
}

/** The calls of a message, and whether it was a batch. @throws Error where it is no JSON-RPC */
export function readMessage(text: string): { calls: Request[]; isBatch: boolean } {
  const asked: unknown = JSON.parse(text)
  const isBatch = Array.isArray(asked)
  return { calls: (isBatch ? asked : [asked]).map(readRequest), isBatch }
}

function readRequest(value: unknown): Request {
  const { id, method, params = [] } = Object(value)
  if (typeof method !== 'string' || !Array.isArray(params)) throw new Error('no JSON-RPC request')
  return { id, method, params }
}

/** Replies in order. Blocks that are asked for in one batch are fetched in one. */
export async function answerAll(
  answers: GuardAnswers,
  calls: readonly Request[],
): Promise<object[]> {
  const heights = calls.flatMap((call) => heightOf(call) ?? [])
  const together = heights.length > 1 ? answers.blocksByNumber(heights) : undefined
  return Promise.all(
    calls.map((call) => {
      const height = heightOf(call)
      if (together === undefined || height === undefined) return reply(call, answers.answer(call))
      return reply(
        call,
        together.then((blocks) => blocks[heights.indexOf(height)] ?? null),
      )
    }),
  )
}

function heightOf({ method, params: [height, full] }: Request): number | undefined {
  const isPlain = method === 'eth_getBlockByNumber' && full !== true && isQuantity(height)
  return isPlain ? Number(height) : undefined
}

/** The reply with a result, or with the error that came in its place. */
export async function reply({ id }: Request, result: Promise<unknown>): Promise<object> {
  try {
    return { jsonrpc: '2.0', id, result: (await result) ?? null }
  } catch (error) {
    const code = error instanceof RpcError ? error.code : -32_603
    const message = error instanceof Error ? error.message : String(error)
    const data = error instanceof RpcError ? error.data : undefined
    return { jsonrpc: '2.0', id, error: { code, message, ...(data !== undefined && { data }) } }
  }
}
