import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

const MAIN = join(__dirname, '../../lib/cli/main.js')

/** How a command ended, and what it wrote. */
export interface Ended {
  code: number | null
  out: string
  err: string
}

/** The built `devicetrail` command, as a user starts it, against a server at `url`. */
export class DevicetrailCommand {
  constructor(private readonly url: string) {
    if (!existsSync(MAIN)) throw new Error('lib/cli/main.js is missing: run "npm run build" first')
  }

  /** @param input what its standard input holds */
  run(args: readonly string[], input: string | Readable = ''): Promise<Ended> {
    const child = this.start(args)
    // A command that ends before it has read everything breaks the pipe.
    child.stdin.on('error', () => undefined)
    if (typeof input === 'string') child.stdin.end(input)
    else input.pipe(child.stdin)
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk) => out.push(chunk))
    child.stderr.on('data', (chunk) => err.push(chunk))
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => {
        resolve({ code, out: String(Buffer.concat(out)), err: String(Buffer.concat(err)) })
      })
    })
  }

  /** Starts it and leaves its streams to the caller. */
  start(args: readonly string[]) {
    const env = { ...process.env, DEVICETRAIL_URL: `${this.url}/graphql` }
    return spawn(process.execPath, [MAIN, ...args], { env, stdio: 'pipe' })
  }
}
