import { hexToBigInt, slice } from 'viem'
import { CONTRACTS, type ScriptedBlock } from './chain'

/**
 * Who held what, told in the most naive way: replay the raw Transfer logs from the first block, for
 * every question anew. Shares no code with the ledger, not even the decoding.
 */

const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const CONSECUTIVE = '0xdeaa91b6123d068f5821d0fb0678463d1a8a6079fe8af5de3ce5e896dcf9133d'
const NOBODY = `0x${'0'.repeat(40)}`

interface Move {
  device: string
  to: string
  height: number
  logIndex: number
}

/** owner, block and log of the beginning, block of the end or null */
export type Told = [string, number, number, number | null]

export function devicesOf(chain: readonly ScriptedBlock[]): string[] {
  return [...new Set(movesOf(chain).map(({ device }) => device))]
}

/** The periods of a device as of the end of a block. */
export function custodyAt(chain: readonly ScriptedBlock[], device: string, height: number): Told[] {
  const told: Told[] = []
  for (const move of movesOf(chain)) {
    if (move.device !== device || move.height > height) continue
    const last = told.at(-1)
    if (last && last[3] === null) last[3] = move.height
    if (move.to !== NOBODY) told.push([move.to, move.height, move.logIndex, null])
  }
  return told
}

function movesOf(chain: readonly ScriptedBlock[]): Move[] {
  const moves: Move[] = []
  for (const { height, logs } of chain) {
    for (const { address, topics, data, logIndex } of logs) {
      const contract = CONTRACTS.get(address)
      const [topic, a = '0x', b = '0x', c = '0x'] = topics
      if (topic === TRANSFER && !(addressOf(a) === NOBODY && addressOf(b) === NOBODY)) {
        const device = `${contract}-${BigInt(c)}`
        moves.push({ device, to: addressOf(b), height, logIndex })
      }
      if (topic === CONSECUTIVE) {
        const first = BigInt(a)
        const last = hexToBigInt(data as `0x${string}`)
        if (last - first >= 10_000n || (addressOf(b) === NOBODY && addressOf(c) === NOBODY))
          continue
        for (let id = first; id <= last; id++) {
          moves.push({ device: `${contract}-${id}`, to: addressOf(c), height, logIndex })
        }
      }
    }
  }
  return moves
}

function addressOf(topic: string): string {
  return slice(topic as `0x${string}`, 12)
}
