import { createHash, randomBytes } from 'node:crypto'
import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DeviceTrailError } from '../../domain/errors'
import { demoError } from '../demo-error'
import { runCommand } from '../process/run-command'
import { type Account, accountMay } from './account'

const MAJOR_VERSION = '17'
const PASSWORD_FILE = 'devicetrail.password'
/** The one role of the local server, a superuser of it. */
export const POSTGRES_ROLE = 'devicetrail'

/** A data folder with a complete cluster in it. */
export interface PostgresData {
  readonly dataDir: string
  readonly password: string
}

/** What is needed to make or open a data folder. */
export interface PostgresDataOptions {
  readonly wantedDir: string
  readonly initdb: string
  readonly account: Account | undefined
  readonly unsafeFast: boolean
  readonly log: (line: string) => void
}

/**
 * Opens the cluster in `wantedDir`, or makes one. Where `account` cannot get at `wantedDir` (a
 * project under a 0700 home), a folder of the temp folder stands in for it, the same at each start.
 */
export async function openPostgresData(options: PostgresDataOptions): Promise<PostgresData> {
  const dataDir = await reachableDir(options)
  const version = await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined) await makeCluster(dataDir, options)
  else refuseOtherVersion(version.trim(), dataDir)
  return { dataDir, password: (await readFile(join(dataDir, PASSWORD_FILE), 'utf8')).trim() }
}

async function reachableDir({ wantedDir, account, log }: PostgresDataOptions): Promise<string> {
  const parent = dirname(wantedDir)
  await mkdir(parent, { recursive: true })
  if (account === undefined || (await accountMay(account, '-x', parent))) return wantedDir
  const name = createHash('sha256').update(wantedDir).digest('hex').slice(0, 16)
  const fallback = join(tmpdir(), `devicetrail-${name}`)
  log(`the account "postgres" cannot reach ${wantedDir}: the database is in ${fallback}`)
  return fallback
}

// Made beside its place and renamed: a data folder that exists is complete, also after a kill.
async function makeCluster(dataDir: string, options: PostgresDataOptions): Promise<void> {
  const { account, initdb, unsafeFast } = options
  const workshop = await mkdtemp(`${dataDir}.new-`)
  try {
    const cluster = join(workshop, 'cluster')
    const passwordFile = join(workshop, 'password')
    await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
    await mkdir(cluster, { mode: 0o700 })
    for (const path of account === undefined ? [] : [workshop, passwordFile, cluster]) {
      await chown(path, account?.uid ?? -1, account?.gid ?? -1)
    }
    const flags = initdbFlags(cluster, passwordFile, unsafeFast)
    const { code, output } = await runCommand(initdb, flags, { account, cwd: workshop })
    if (code !== 0) throw initFailed(dataDir, output)
    await rename(passwordFile, join(cluster, PASSWORD_FILE))
    await rename(cluster, dataDir)
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

function initdbFlags(cluster: string, passwordFile: string, unsafeFast: boolean): string[] {
  return [
    `--pgdata=${cluster}`,
    `--username=${POSTGRES_ROLE}`,
    `--pwfile=${passwordFile}`,
    // Without a password any local user would be superuser of the database, and through
    // COPY … PROGRAM the user that runs it.
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order and case rules on every machine, whatever locales it has.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(unsafeFast ? ['--no-sync'] : ['--data-checksums']),
  ]
}

function initFailed(dataDir: string, output: string): DeviceTrailError {
  const lastLines = output.trim().split('\n').slice(-5).join('\n')
  return demoError(
    'DEMO_POSTGRES_DATA',
    `initdb could not make a database in ${dataDir}: ${lastLines}`,
    'Check that the disk has room and that the folder may be written.',
  )
}

function refuseOtherVersion(found: string, dataDir: string): void {
  if (found === MAJOR_VERSION) return
  throw demoError(
    'DEMO_POSTGRES_DATA',
    `${dataDir} was written by Postgres ${found}, this is Postgres ${MAJOR_VERSION}.`,
    'Remove the folder; the demo builds it again from the chain.',
  )
}
