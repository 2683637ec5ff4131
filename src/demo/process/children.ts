import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeviceTrailError } from '../../domain/errors'
import { demoError } from '../demo-error'
import type { DemoHome } from '../demo-home'
import { forgetProcess, recordProcess } from './leftovers'
import { hasEnded, stopChild } from './stop'

/** A command of the `devicetrail` program to run as a child process. */
export interface ChildCommand {
  /** Its name on the screen and of its log file. */
  readonly name: string
  /** The command's file: `lib/cli/main.js`. */
  readonly cli: string
  /** Its arguments, such as `serve`. */
  readonly args: readonly string[]
  /** Its settings; nothing else of our environment but what every program needs is passed on. */
  readonly env: Readonly<Record<string, string>>
}

/** How a child ended. */
export interface ChildEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A child that was started. */
export interface RunningChild {
  readonly name: string
  readonly logFile: string
  readonly ended: Promise<ChildEnd>
  stop(): Promise<void>
}

// A stray DB_HOST or CONTRACTS of the user's shell must not lead the demo to a real database.
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'LOG_LEVEL', 'NODE_OPTIONS']
const LOG_LINES_SHOWN = 12

/**
 * Starts a child in a process group of its own: the Ctrl-C of a terminal reaches the demo alone,
 * which then stops its children in order.
 */
export function startChild(home: DemoHome, command: ChildCommand): RunningChild {
  const { name, cli, args, env } = command
  const logFile = logFileOf(home, name)
  const output = openSync(logFile, 'a')
  try {
    const stdio: ['ignore', number, number] = ['ignore', output, output]
    const settings = { env: { ...inherited(), ...env }, stdio, detached: true }
    const child = spawn(process.execPath, [cli, ...args], settings)
    if (child.pid !== undefined) {
      recordProcess(home.runDir, name, { pid: child.pid, marks: [cli, ...args] })
    }
    const ended = endOf(child).finally(() => forgetProcess(home.runDir, name))
    return { name, logFile, ended, stop: async () => void (await stopChild(child)) }
  } finally {
    closeSync(output)
  }
}

/**
 * Runs a child to its end.
 *
 * @throws DeviceTrailError DEMO_CHILD_DIED where it ends with anything but 0
 */
export async function runToEnd(home: DemoHome, command: ChildCommand): Promise<void> {
  const child = startChild(home, command)
  const end = await child.ended
  if (end.code !== 0) throw await childDied(child, end)
}

/** The error for a child that ended when it should not have, with the end of its log. */
export async function childDied(
  child: Pick<RunningChild, 'name' | 'logFile'>,
  end: ChildEnd,
): Promise<DeviceTrailError> {
  const { name, logFile } = child
  const how = end.code === null ? `was ended by ${end.signal}` : `ended with code ${end.code}`
  const tail = await lastLines(logFile)
  return demoError(
    'DEMO_CHILD_DIED',
    `The ${name} ${how}; the end of ${logFile} says:\n${tail}\n`,
    'The whole story is in that file.',
  )
}

/** The log file of a child. */
export function logFileOf(home: DemoHome, name: string): string {
  return join(home.logDir, `${name}.log`)
}

async function lastLines(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '')
  return text
    .trimEnd()
    .split('\n')
    .slice(-LOG_LINES_SHOWN)
    .map((line) => `  ${line}`)
    .join('\n')
}

/** How a child ended, once it has. */
export function endOf(child: ChildProcess): Promise<ChildEnd> {
  const { exitCode, signalCode } = child
  if (hasEnded(child)) return Promise.resolve({ code: exitCode, signal: signalCode })
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: -1, signal: null }))
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    INHERITED.flatMap((key) => {
      const value = process.env[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
}
