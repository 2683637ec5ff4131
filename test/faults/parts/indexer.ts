import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The compiled program; the mutation check gives another one. */
export const BUILT = path.resolve(__dirname, '../../../lib')

const LOG_BYTES_MAX = 4_000_000

/** EX_TEMPFAIL of sysexits.h, with which the indexer asks to be started again. */
const EXIT_RETRY = 75

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * `devicetrail index` as a service manager would keep it: it can be killed, stopped, frozen and
 * started again, and one log goes on through all of it.
 */
export class Indexer {
  private child: ChildProcess | undefined
  private log = ''
  private starts = 0

  /**
   * @param environment all that it is started with
   * @param lib folder of the compiled program
   */
  constructor(
    private readonly environment: Readonly<Record<string, string>>,
    private readonly lib: string = BUILT,
  ) {}

  get output(): string {
    return this.log
  }

  /** How often it was started so far. */
  get startCount(): number {
    return this.starts
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && !this.child.signalCode
  }

  /**
   * The exit code with which it ended by itself and does not want to be started again; undefined
   * while it runs, or wants to be.
   */
  get gaveUp(): number | undefined {
    const code = this.child?.exitCode ?? undefined
    return code === EXIT_RETRY || code === 0 ? undefined : code
  }

  /** Starts it unless it runs. */
  start(): void {
    if (this.isRunning) return
    this.starts++
    this.write(`--- start ${this.starts}\n`)
    const env = { PATH: process.env.PATH, ...this.environment }
    const child = spawn(process.execPath, [path.join(this.lib, 'cli/main.js'), 'index'], { env })
    running.add(child)
    child.once('exit', (code, signal) => {
      running.delete(child)
      this.write(`--- ended with ${signal ?? code}\n`)
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.write(chunk.toString()))
    }
    this.child = child
  }

  /** Ends it without a chance to clean up. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  /** Asks it to end, and waits until it has. @returns its exit code */
  async terminate(): Promise<number | null> {
    await this.end('SIGTERM')
    return this.child?.exitCode ?? null
  }

  /** Takes the processor away from it. */
  freeze(): void {
    this.child?.kill('SIGSTOP')
  }

  thaw(): void {
    this.child?.kill('SIGCONT')
  }

  /** Resident memory in bytes, where the system tells it (Linux). */
  memory(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.child?.pid}/status`, 'utf8')
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024
    } catch {
      return undefined
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this
    if (child === undefined || !this.isRunning) return
    const ended = once(child, 'exit')
    child.kill(signal)
    // A process that is stopped takes no other signal before it goes on.
    child.kill('SIGCONT')
    await ended
  }

  private write(text: string): void {
    this.log = (this.log + text).slice(-LOG_BYTES_MAX)
  }
}
