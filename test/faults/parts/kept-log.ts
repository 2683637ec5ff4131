import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Keeps what an indexer printed in a file of the temp folder. @returns its path */
export function keepLog(log: string, name: string): string {
  const folder = path.join(tmpdir(), 'devicetrail-faults')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${name}.log`)
  writeFileSync(file, log)
  return file
}
