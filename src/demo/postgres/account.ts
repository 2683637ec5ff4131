import { demoError } from '../demo-error'
import { runCommand } from '../process/run-command'

/** An operating-system account to run a process as. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

const NAME = 'postgres'

/**
 * The account that the database server runs as: `undefined` (ourselves) for an ordinary user; for
 * root, whom Postgres refuses to run as, the account `postgres`, made where the system has none.
 */
export async function postgresAccount(log: (line: string) => void): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const existing = await lookUp()
  if (existing !== undefined) return existing
  log(`Postgres refuses to run as root: making the system account "${NAME}" for it`)
  await makeAccount()
  const made = await lookUp()
  if (made !== undefined) return made
  throw demoError(
    'DEMO_POSTGRES_ACCOUNT',
    `The account "${NAME}" was made, but "id" does not know it.`,
    'Run the demo as an ordinary user.',
  )
}

/** Whether the account can do what the shell test asks of `path` (`-x`, `-r`, `-w`), by trying. */
export async function accountMay(
  account: Account | undefined,
  test: '-r' | '-w' | '-x',
  path: string,
): Promise<boolean> {
  const { code } = await runCommand('/bin/sh', ['-c', 'test "$0" "$1"', test, path], { account })
  return code === 0
}

async function lookUp(): Promise<Account | undefined> {
  const asked = ['-u', '-g'].map((flag) => runCommand('id', [flag, NAME]))
  const [user, group] = await Promise.all(asked)
  if (user?.code !== 0 || group?.code !== 0) return undefined
  return { uid: Number(user.output.trim()), gid: Number(group.output.trim()) }
}

async function makeAccount(): Promise<void> {
  // The group may exist without the user; what counts is the end of useradd.
  await runCommand('groupadd', ['--system', NAME])
  const shell = ['--shell', '/usr/sbin/nologin', '--home-dir', '/nonexistent', '--no-create-home']
  const { code, output } = await runCommand('useradd', ['--system', '--gid', NAME, ...shell, NAME])
  if (code === 0) return
  throw demoError(
    'DEMO_POSTGRES_ACCOUNT',
    `The account "${NAME}" could not be made (useradd: ${output.trim()}).`,
    'Make it by hand, or run the demo as an ordinary user.',
  )
}
