import { spawn } from 'node:child_process'
import { join } from 'node:path'

const MAIN = join(__dirname, '../../lib/cli/main.js')

/** What `devicetrail check --format json` says. */
export interface CheckAnswer {
  check: Record<string, string | number | null>
  rules: { rule: string; checked: number; differences: number }[]
  differences: { rule: string; of: string; field: string; ledgerSays: string; shouldBe: string }[]
  unchecked: { rule: string; why: string }[]
}

/** How a check ended; `answer` is missing where it could not begin. */
export interface CheckEnded {
  code: number | null
  answer: CheckAnswer | undefined
  err: string
}

/** The built `devicetrail check`, as a user starts it. */
export function runCheckCommand(
  environment: Record<string, string>,
  args: readonly string[] = [],
): Promise<CheckEnded> {
  const env = { PATH: process.env.PATH, ...environment }
  const command = [MAIN, 'check', '--format', 'json', ...args]
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk) => out.push(chunk))
  child.stderr.on('data', (chunk) => err.push(chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      const text = String(Buffer.concat(out))
      const answer = text === '' ? undefined : JSON.parse(text)
      resolve({ code, answer, err: String(Buffer.concat(err)) })
    })
  })
}
