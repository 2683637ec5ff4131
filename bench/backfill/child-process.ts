import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasEnded, stopChild } from '../../src/demo/process/stop'
import { DeviceTrailError } from '../../src/domain/errors'
import { serverCpuSeconds } from '../ledger/server-cpu'

/** The root of the repository. */
export const PROJECT = path.resolve(__dirname, '../..')

const POLL_MS = 50
const TAIL_LINES = 40

/** A program to run beside the bench. */
export interface ChildOrder {
  /** How errors name it. */
  readonly name: string
  /** The script for Node, and its arguments. */
  readonly script: readonly string[]
  readonly cwd?: string
  /** Nothing else of our environment is passed on but PATH, HOME and TMPDIR. */
  readonly env: Readonly<Record<string, string>>
}

/** What a process used, as last looked at; NaN where there is no /proc. */
export interface Usage {
  /** Its largest resident memory so far (VmHWM). */
  readonly peakMemoryBytes: number
  /** Processor time of all its threads, and of its children. */
  readonly cpuSeconds: number
}

/** An indexer, or a loader, that is measured from outside. It ends with the bench. */
export class MeasuredProcess {
  usage: Usage = { peakMemoryBytes: Number.NaN, cpuSeconds: Number.NaN }
  private output: string[] = []

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    const keep = (chunk: Buffer) => {
      this.output = [...this.output, ...chunk.toString().split('\n')].slice(-TAIL_LINES)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.once('error', (error) => keep(Buffer.from(`\n${error.message}`)))
    process.once('exit', this.kill)
    child.once('exit', () => process.off('exit', this.kill))
  }

  static start({ name, script, cwd = PROJECT, env }: ChildOrder): MeasuredProcess {
    const { PATH, HOME, TMPDIR } = process.env
    const child = spawn(process.execPath, script, {
      cwd,
      env: { PATH, HOME, TMPDIR, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return new MeasuredProcess(name, child)
  }

  /**
   * Waits until something is so, and looks at the process meanwhile.
   *
   * @throws DeviceTrailError BENCH_CONTENDER_FAILED with the end of its output, where it ends
   *   before, or the limit is over
   */
  async until(isSo: () => Promise<boolean>, limitMs: number): Promise<void> {
    const deadline = performance.now() + limitMs
    for (;;) {
      this.look()
      // Asked before the question: it may have done its work and ended in between.
      const ended = hasEnded(this.child)
      if (await isSo()) return
      if (ended) throw this.failed(`ended with ${this.end()} before its work was done`)
      if (performance.now() > deadline) {
        throw this.failed(`was not done after ${limitMs / 60_000} minutes`)
      }
      await sleep(POLL_MS)
    }
  }

  /** Stops it, by force where it does not obey. */
  async stop(): Promise<void> {
    await stopChild(this.child)
  }

  private readonly kill = () => {
    this.child.kill('SIGKILL')
  }

  /** The kernel forgets a process that has ended, so the last look counts. */
  private look(): void {
    const { pid } = this.child
    const peakMemoryBytes = peakMemory(pid)
    if (Number.isNaN(peakMemoryBytes)) return
    this.usage = { peakMemoryBytes, cpuSeconds: serverCpuSeconds(pid) }
  }

  private end(): string {
    const { exitCode, signalCode } = this.child
    return exitCode === null ? String(signalCode) : `code ${exitCode}`
  }

  private failed(what: string): DeviceTrailError {
    const tail = this.output.filter((line) => line.trim() !== '').map((line) => `  ${line}`)
    return new DeviceTrailError({
      code: 'BENCH_CONTENDER_FAILED',
      remedy: 'human',
      what: `${this.name} ${what}; the end of its output:\n${tail.join('\n')}\n`,
      todo: 'Remove the cause, raise --limit, or leave it out of --contenders.',
    })
  }
}

/** In bytes; NaN for a process that has gone. */
function peakMemory(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kibibytes ?? Number.NaN) * 1024
  } catch {
    return Number.NaN
  }
}
