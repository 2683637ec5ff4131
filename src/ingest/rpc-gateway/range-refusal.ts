/** A stretch is too much for the source at once: fewer blocks would do. */
export class RangeRefused extends Error {
  /** @param offered how many blocks it would take, where it said so */
  constructor(
    message: string,
    readonly offered?: number,
  ) {
    super(message)
    this.name = 'RangeRefused'
  }
}

/** What nodes and providers say when an answer would have too many logs or too many blocks. */
const TOO_MUCH = [
  /query returned more than/i,
  /response (is|size is|size) too (big|large)/i,
  /response size (exceed|should not)/i,
  /exceed(s|ed)? (the )?(max|maximum|limit|block range)/i,
  /(block|log) ?range (is )?(too|limit|exceed)/i,
  /range (is )?(too (large|wide|big)|over limit)/i,
  /too many (results|logs|blocks)/i,
  /limited to (a )?[\d,k]+/i,
  /up to a? ?[\d,k]+ block/i,
  /max(imum)? (block )?range/i,
  /more than [\d,]+ (results|logs|blocks)/i,
  /please (limit|specify less|narrow|reduce)/i,
  /(query|request|execution) (timeout|timed out|time)/i,
  /timeout exceeded/i,
]
/** -32005 is "limit exceeded" (EIP-1474), also said of too many requests a second. */
const LIMIT_EXCEEDED = -32005
const RATE = /rate|per second|too many requests|capacity|throttl/i

/** Whether an error of `eth_getLogs` says that a smaller range would do. */
export function asksForLess({ code, message }: { code: number; message: string }): boolean {
  if (RATE.test(message)) return false
  return code === LIMIT_EXCEEDED || TOO_MUCH.some((form) => form.test(message))
}

const RANGE = /\[(0x[0-9a-f]+),\s*(0x[0-9a-f]+)\]/i
const COUNT =
  /(?:limited to|up to|maximum|max(?:imum)? (?:block )?range:?) (?:a |is )?([\d,]+)(k?)/i

/**
 * How many blocks from the first on the node would take, where its error says so.
 *
 * @param from first block of the range that was refused
 */
export function blocksOffered(message: string, from: number): number | undefined {
  const [, first, last] = RANGE.exec(message) ?? []
  if (first !== undefined && last !== undefined) {
    const blocks = Number(last) - Number(first) + 1
    return Number(first) === from && blocks > 0 ? blocks : undefined
  }
  const [, digits, thousand] = COUNT.exec(message) ?? []
  if (digits === undefined) return undefined
  const blocks = Number(digits.replaceAll(',', '')) * (thousand ? 1_000 : 1)
  return blocks > 0 ? blocks : undefined
}
