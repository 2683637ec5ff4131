import type { LogSpec } from '../support/chain'
import { encodeLog } from '../support/encode-log'
import type { RawScriptedLog } from './scripted-chain'

/** Logs of known events, altered as no compiler would write them. */

const WORD = 64

/** The bytes of a log. */
export function raw({ contract, event, args }: LogSpec): RawScriptedLog {
  return { address: contract, ...encodeLog(event, args) }
}

/** The log with other data; `alter` gets and gives hex without 0x. */
export function withData(spec: LogSpec, alter: (hex: string) => string): RawScriptedLog {
  const log = raw(spec)
  return { ...log, data: `0x${alter(log.data.slice(2))}` }
}

/** The log with one 32-byte word of its data replaced. */
export function withWord(spec: LogSpec, index: number, value: bigint): RawScriptedLog {
  return withData(spec, (hex) => {
    return hex.slice(0, index * WORD) + word(value) + hex.slice((index + 1) * WORD)
  })
}

/** The log with bytes in place of a text that it holds, of the same length. */
export function withBytes(spec: LogSpec, text: string, bytes: Buffer): RawScriptedLog {
  const found = Buffer.from(text).toString('hex')
  if (bytes.length * 2 !== found.length) throw new Error('text and bytes differ in length')
  return withData(spec, (hex) => {
    if (!hex.includes(found)) throw new Error(`no ${text} in the data`)
    return hex.replaceAll(found, bytes.toString('hex'))
  })
}

/** A 32-byte word in hex without 0x. */
export function word(value: bigint): string {
  return value.toString(16).padStart(WORD, '0')
}

/** Data of a recall scope whose lots are all the same bytes, far more than the data has. */
export function repeatedText(count: number, length: number): string {
  const heads = word(BigInt(count * 32)).repeat(count)
  const text = word(BigInt(length)) + '58'.repeat(length)
  const lots = word(BigInt(count)) + heads + text
  const serials = BigInt(96 + lots.length / 2)
  return word(0n) + word(96n) + word(serials) + lots + word(0n)
}
