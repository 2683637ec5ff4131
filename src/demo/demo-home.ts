import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { demoError } from './demo-error'
import { saveStateOf } from './local-anvil'
import { commandLineOf } from './process/identity'
import { findLeftovers, forgetProcess, recordProcess, stopLeftover } from './process/leftovers'

const DEMO = 'demo'
const ANVIL = 'anvil'

/** Where the demo keeps what it has. */
export interface DemoHome {
  readonly root: string
  readonly postgresDir: string
  readonly chainFile: string
  /** Scratch folder of the node; its path marks the node's process as ours. */
  readonly anvilDir: string
  /** What the saved chain was made with. */
  readonly deploymentFile: string
  readonly logDir: string
  /** One record a running process. */
  readonly runDir: string
}

/** The folders of a data folder, made where they are missing. */
export function demoHome(folder: string): DemoHome {
  const root = resolve(folder)
  const home: DemoHome = {
    root,
    postgresDir: join(root, 'postgres'),
    chainFile: join(root, 'chain.json'),
    anvilDir: join(root, 'anvil'),
    deploymentFile: join(root, 'deployment.json'),
    logDir: join(root, 'logs'),
    runDir: join(root, 'run'),
  }
  for (const dir of [home.logDir, home.runDir]) mkdirSync(dir, { recursive: true })
  return home
}

/**
 * Takes possession of the data folder: refuses where another demo runs on it, and stops what a
 * killed demo left running. The chain of a leftover node is saved first, so nothing is lost.
 *
 * @throws DeviceTrailError DEMO_ALREADY_RUNNING
 */
export async function occupy(home: DemoHome, say: (line: string) => void): Promise<void> {
  const leftovers = findLeftovers(home.runDir)
  const other = leftovers.find(({ name, pid }) => name === DEMO && pid !== process.pid)
  if (other !== undefined) {
    throw demoError(
      'DEMO_ALREADY_RUNNING',
      `Another demo (pid ${other.pid}) runs on ${home.root}.`,
      'Stop it with Ctrl-C, or set DEVICETRAIL_HOME to another folder.',
    )
  }
  // As the system shows it: `process.argv` holds the script's path made absolute.
  const marks = [commandLineOf(process.pid) ?? process.execPath]
  recordProcess(home.runDir, DEMO, { pid: process.pid, marks })
  for (const leftover of leftovers) {
    say(`${leftover.name} of a killed run is still there (pid ${leftover.pid}): stopping it`)
    if (leftover.name === ANVIL && leftover.url !== undefined) {
      // Where it answers no more, the last saved chain has to do.
      await saveStateOf(leftover.url, home.chainFile).catch(() =>
        say('its chain could not be saved'),
      )
    }
    if (await stopLeftover(home.runDir, leftover)) continue
    throw demoError(
      'DEMO_ALREADY_RUNNING',
      `${leftover.name} with pid ${leftover.pid} of a killed run cannot be stopped.`,
      `End it by hand (kill -9 ${leftover.pid}) and start again.`,
    )
  }
}

/** Gives the data folder free for the next demo. */
export function vacate(home: DemoHome): void {
  forgetProcess(home.runDir, DEMO)
}
