import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import path from 'node:path'

const PROJECT = path.resolve(__dirname, '..')
const PACKAGES = ['@subsquid/typeorm-store', 'typeorm', 'pg', '@subsquid/evm-abi', 'tsx']

/** What a number depends on beside the code. */
export interface Surroundings {
  readonly processor: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  /**
   * Of the last minute, before the first run: above 0.5 something else is at work and the numbers
   * are low.
   */
  readonly loadBefore: number
  readonly versions: Readonly<Record<string, string>>
}

/**
 * @param postgres version of the server
 * @param packages whose versions matter beside those that always do
 */
export function surroundings(postgres: string, packages: readonly string[] = []): Surroundings {
  const processors = cpus()
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
    versions: {
      node: process.versions.node,
      postgres,
      ...Object.fromEntries([...PACKAGES, ...packages].map((name) => [name, versionOf(name)])),
    },
  }
}

function versionOf(name: string): string {
  const file = path.join(PROJECT, 'node_modules', name, 'package.json')
  const manifest: { version?: string } = JSON.parse(readFileSync(file, 'utf8'))
  return manifest.version ?? 'unknown'
}
