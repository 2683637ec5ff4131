import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasEnded, stopChild } from '../../src/demo/process/stop'
import { DeviceTrailError } from '../../src/domain/errors'

const SAYS_WITHIN_MS = 60_000
const LOOK_MS = 20
const LOG_CHARACTERS = 100_000
const SHOWN_CHARACTERS = 2_000

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A Node program that a contender consists of; it ends with the bench, however that ends. */
export class Child {
  private log = ''

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.log = (this.log + chunk.toString()).slice(-LOG_CHARACTERS)
      })
    }
  }

  /**
   * @param name for messages
   * @param args of `node`
   * @param environment all that it is given, beside PATH
   */
  static start(
    name: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    cwd?: string,
  ): Child {
    const env = { PATH: process.env.PATH, ...environment }
    const child = spawn(process.execPath, [...args], { env, ...(cwd !== undefined && { cwd }) })
    running.add(child)
    child.once('exit', () => running.delete(child))
    return new Child(name, child)
  }

  /**
   * Waits until it has printed something that matches; returns the first group.
   *
   * @throws DeviceTrailError BENCH_CHILD_FAILED
   */
  async says(pattern: RegExp): Promise<string> {
    const deadline = performance.now() + SAYS_WITHIN_MS
    for (;;) {
      const found = pattern.exec(this.log)?.[1]
      if (found !== undefined) return found
      this.requireAlive()
      if (performance.now() > deadline) throw this.failed(`does not print ${pattern}`)
      await sleep(LOOK_MS)
    }
  }

  /** @throws DeviceTrailError BENCH_CHILD_FAILED */
  requireAlive(): void {
    if (hasEnded(this.child)) throw this.failed(`ended with code ${this.child.exitCode}`)
  }

  async stop(): Promise<void> {
    await stopChild(this.child)
  }

  private failed(how: string): DeviceTrailError {
    const tail = this.log.slice(-SHOWN_CHARACTERS)
    return new DeviceTrailError({
      code: 'BENCH_CHILD_FAILED',
      remedy: 'human',
      what: `${this.name} ${how}; the end of what it printed:\n${tail}`,
      todo: 'Build first (npm run build); else see to what it says.',
    })
  }
}
