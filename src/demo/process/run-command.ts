import { execFile } from 'node:child_process'
import type { Account } from '../postgres/account'

/** How a short command ended. `code` is -1 where it could not be started or a signal ended it. */
export interface CommandResult {
  readonly code: number
  /** Standard output and error, in one text. */
  readonly output: string
}

/** Settings of a short command; `account` drops privileges, `timeoutMs` ends it with SIGKILL. */
export interface CommandOptions {
  readonly account?: Account | undefined
  readonly cwd?: string
  readonly timeoutMs?: number
}

/** Runs a command to its end without a shell and never throws: the caller judges the code. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { account, cwd = '/', timeoutMs = 60_000 } = options
  const env = { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }
  const settings = { ...account, cwd, env, timeout: timeoutMs, killSignal: 'SIGKILL' as const }
  return new Promise((resolve) => {
    execFile(file, args, settings, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      const started = stdout + stderr
      resolve({ code, output: started === '' && error !== null ? error.message : started })
    })
  })
}
