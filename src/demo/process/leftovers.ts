import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isProcess } from './identity'
import { stopForeign } from './stop'

const recordSchema = z.object({
  pid: z.int().positive(),
  /** Parts of its command line that no foreign process has. */
  marks: z.array(z.string()).min(1),
  /** Where it answers, for what has to be fetched from it before it ends. */
  url: z.string().optional(),
})

/** A process that was started, written down so that the next run finds it if this one is killed. */
export type ProcessRecord = z.infer<typeof recordSchema>

/** A recorded process that is still alive. */
export interface Leftover extends ProcessRecord {
  readonly name: string
}

/** Writes down a process that was just started. */
export function recordProcess(runDir: string, name: string, record: ProcessRecord): void {
  mkdirSync(runDir, { recursive: true })
  writeFileSync(fileOf(runDir, name), JSON.stringify(record))
}

/** Strikes out a process that has ended. */
export function forgetProcess(runDir: string, name: string): void {
  rmSync(fileOf(runDir, name), { force: true })
}

/**
 * The recorded processes that still live. Records of dead processes, records whose pid belongs to
 * somebody else by now, and unreadable records are removed.
 */
export function findLeftovers(runDir: string): readonly Leftover[] {
  mkdirSync(runDir, { recursive: true })
  const names = readdirSync(runDir).filter((file) => file.endsWith('.json'))
  return names.flatMap((file) => {
    const name = file.slice(0, -'.json'.length)
    const record = readRecord(join(runDir, file))
    if (record !== undefined && isProcess(record.pid, record.marks)) return [{ name, ...record }]
    forgetProcess(runDir, name)
    return []
  })
}

/** Ends a leftover, politely at first; `false` where it lives on. */
export async function stopLeftover(runDir: string, leftover: Leftover): Promise<boolean> {
  const { name, pid, marks } = leftover
  const gone = await stopForeign(pid, () => isProcess(pid, marks))
  if (gone) forgetProcess(runDir, name)
  return gone
}

function readRecord(file: string): ProcessRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

function fileOf(runDir: string, name: string): string {
  return join(runDir, `${name}.json`)
}
