import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * The command line of a live process, arguments parted by blanks; `undefined` where no such process
 * lives. A zombie has no command line any more and counts as dead.
 */
export function commandLineOf(pid: number): string | undefined {
  const line = process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  return line === undefined || line === '' ? undefined : line
}

/**
 * Whether `pid` is a process that carries every one of `marks` in its command line. A pid alone
 * proves nothing: after a reboot it belongs to somebody else, whom we must not kill.
 */
export function isProcess(pid: number, marks: readonly string[]): boolean {
  const line = commandLineOf(pid)
  return line !== undefined && marks.every((mark) => line.includes(mark))
}

function fromProc(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim()
  } catch {
    return undefined
  }
}

function fromPs(pid: number): string | undefined {
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore']
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio,
    }).trim()
  } catch {
    return undefined
  }
}
