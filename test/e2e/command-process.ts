import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const MAIN = path.resolve(__dirname, '../../lib/cli/main.js')
const WAIT_MS = 90_000

/** A `devicetrail` command as a process of its own. */
export class CommandProcess {
  private log = ''

  private constructor(
    private readonly child: ChildProcess,
    private readonly command: string,
  ) {
    const keep = (chunk: Buffer) => {
      this.log += chunk.toString()
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
  }

  static start(command: string, environment: Record<string, string>): CommandProcess {
    const defaults = { PATH: process.env.PATH, METRICS_PORT: '0', HEAD_POLL_MS: '50' }
    const env = { ...defaults, ...environment }
    return new CommandProcess(
      spawn(process.execPath, [MAIN, ...command.split(' ')], { env }),
      command,
    )
  }

  /** Everything that it printed. */
  get output(): string {
    return this.log
  }

  /** Whether it runs. */
  get lives(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** Waits until it has printed something that matches. */
  async says(pattern: RegExp): Promise<void> {
    await this.until(() => pattern.test(this.log), `output that matches ${pattern}`)
  }

  /** Waits for a condition; fails when the process ends before. */
  async until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = performance.now() + WAIT_MS
    while (!(await isSo())) {
      if (performance.now() > deadline || !this.lives) {
        const state = this.lives ? 'runs' : `ended with ${this.child.exitCode}`
        throw new Error(`devicetrail ${this.command} ${state}, expected ${what}\n${this.log}`)
      }
      await sleep(50)
    }
  }

  async killHard(): Promise<void> {
    if (!this.lives) return
    const ended = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await ended
  }

  /** Asks it to end; the exit code, and how long that took in milliseconds. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; ms: number }> {
    const begun = performance.now()
    const ended = this.exitCode()
    this.child.kill(signal)
    return { code: await ended, ms: performance.now() - begun }
  }

  async exitCode(): Promise<number | null> {
    if (this.lives) await once(this.child, 'exit')
    return this.child.exitCode
  }
}
