import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { demoError } from '../demo-error'
import { commandLineOf, isProcess } from '../process/identity'
import { runCommand } from '../process/run-command'
import type { Account } from './account'

/** What a killed run left in the data folder. */
export interface PostgresLeftover {
  readonly dataDir: string
  readonly pgCtl: string
  readonly account: Account | undefined
  readonly log: (line: string) => void
}

/**
 * Makes a data folder free to start a server in: stops a server that still runs there, and removes
 * a lock file whose pid now belongs to another program. A lock file whose process is dead is left
 * to Postgres, which knows better than we do whether a backend of the dead server still writes.
 */
export async function clearPostgresLeftover(leftover: PostgresLeftover): Promise<void> {
  const { dataDir, log } = leftover
  const lockFile = join(dataDir, 'postmaster.pid')
  const pid = await pidIn(lockFile)
  if (pid === undefined) return
  if (isProcess(pid, ['postgres', dataDir])) {
    log(`a Postgres of a killed run still works on ${dataDir} (pid ${pid}): stopping it`)
    await stopServer(leftover, pid)
  } else if (commandLineOf(pid) === undefined) {
    log(`the last Postgres on ${dataDir} (pid ${pid}) was killed: it recovers from its log`)
  } else {
    log(`${lockFile} names pid ${pid}, which is another program now: removing the stale lock`)
    await rm(lockFile)
  }
}

async function stopServer(
  { dataDir, pgCtl, account }: PostgresLeftover,
  pid: number,
): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    await runCommand(pgCtl, ['stop', '-D', dataDir, '-m', mode, '-w', '-t', '15'], { account })
    if (!isProcess(pid, ['postgres', dataDir])) return
  }
  throw demoError(
    'DEMO_POSTGRES_START',
    `The Postgres with pid ${pid} holds ${dataDir} and did not stop in 30 s.`,
    'End it by hand and start again.',
  )
}

async function pidIn(lockFile: string): Promise<number | undefined> {
  const text = await readFile(lockFile, 'utf8').catch(() => '')
  const pid = Number.parseInt(text.split('\n')[0] ?? '', 10)
  // A standalone backend writes its pid negated.
  return Number.isNaN(pid) || pid === 0 ? undefined : Math.abs(pid)
}
