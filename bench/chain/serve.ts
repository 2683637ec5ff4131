import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { stopChild } from '../../src/demo/process/stop'
import { buildChain } from './build/build-chain'
import type { Progress } from './build/stored-chain'
import type { ServedUrls, ServeOrder } from './serve-process'

const PROJECT = path.resolve(__dirname, '../..')
const PROGRAM = path.join(__dirname, 'serve-process.ts')

/** A chain that a process of its own serves. */
export interface ServedChain extends ServedUrls {
  /** For its processor time. */
  readonly pid: number
  stop(): Promise<void>
}

/**
 * Builds a chain here, then serves it from another process, so that its work is not charged to who
 * is measured. That process ends with this one, however this one ends.
 *
 * @throws Error with what the process printed, where it does not come up
 */
export async function serveChain(
  order: ServeOrder & { readonly progress?: Progress },
): Promise<ServedChain> {
  const { progress, ...told } = order
  await (await buildChain(order)).close()
  const arguments_ = ['--import', 'tsx', PROGRAM, JSON.stringify(told)]
  const child = spawn(process.execPath, arguments_, {
    cwd: PROJECT,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)
  const urls = await Promise.race([
    once(lines, 'line').then(([line]): ServedUrls => JSON.parse(String(line))),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the process that serves the chain ended with ${code}; see above`)
    }),
  ])
  return {
    ...urls,
    pid: child.pid ?? Number.NaN,
    stop: async () => {
      await stopChild(child)
    },
  }
}
