import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoHome, occupy, vacate } from '../../src/demo/demo-home'
import { childDied, runToEnd, startChild } from '../../src/demo/process/children'
import { firstFreePort, freePort } from '../../src/demo/process/free-port'
import { isProcess } from '../../src/demo/process/identity'
import { findLeftovers, recordProcess, stopLeftover } from '../../src/demo/process/leftovers'
import { keepRunning } from '../../src/demo/process/service'
import { stopChild } from '../../src/demo/process/stop'
import { dropTempFolder, makeTempFolder } from '../support/temp-folder'

let folder: string
const spawned: ChildProcess[] = []

beforeEach(async () => {
  folder = await makeTempFolder()
})

afterEach(async () => {
  for (const child of spawned.splice(0)) child.kill('SIGKILL')
  await dropTempFolder(folder)
})

test('a busy port is passed over, and so is one that is promised', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const free = await firstFreePort(address.port)
  expect(free).toBeGreaterThan(address.port)
  expect(await firstFreePort(address.port, [free])).toBeGreaterThan(free)
  await expect(firstFreePort(address.port, [], 1)).rejects.toMatchObject({
    code: 'DEMO_NO_FREE_PORT',
  })
  server.close()
})

test('a leftover is stopped, and its record goes', async () => {
  const child = await sleeper()
  recordProcess(folder, 'indexer', { pid: child.pid ?? 0, marks: ['leftover-mark'] })
  const [leftover] = findLeftovers(folder)
  if (leftover === undefined) throw new Error('the leftover was not found')
  expect(await stopLeftover(folder, leftover)).toBe(true)
  expect(isProcess(child.pid ?? 0, [])).toBe(false)
  expect(findLeftovers(folder)).toEqual([])
})

test('a process that took over the pid of a leftover is left alone', async () => {
  const stranger = await sleeper()
  recordProcess(folder, 'indexer', { pid: stranger.pid ?? 0, marks: ['lib/cli/main.js', 'index'] })
  expect(findLeftovers(folder)).toEqual([])
  expect(await readdir(folder)).not.toContain('indexer.json')
  expect(isProcess(stranger.pid ?? 0, ['leftover-mark'])).toBe(true)
})

test('a record that a crash cut short does not stop the start', () => {
  writeFileSync(join(folder, 'api.json'), '{"pid": 12')
  writeFileSync(join(folder, 'chain.json'), '{"pid": -1, "marks": []}')
  expect(findLeftovers(folder)).toEqual([])
})

test('a child that does not listen to a polite signal is killed', async () => {
  const child = await script(
    'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)',
  )
  const steps = [
    { signal: 'SIGTERM', waitMs: 200 },
    { signal: 'SIGKILL', waitMs: 5_000 },
  ] as const
  expect(await stopChild(child, steps)).toBe('SIGKILL')
  expect(await stopChild(child, steps)).toBeUndefined()
})

test('two demos do not share a data folder, and the second says what to do', async () => {
  const home = demoHome(folder)
  const other = await sleeper()
  recordProcess(home.runDir, 'demo', { pid: other.pid ?? 0, marks: ['leftover-mark'] })
  await expect(occupy(home, () => undefined)).rejects.toMatchObject({
    code: 'DEMO_ALREADY_RUNNING',
    message: expect.stringMatching(/DEVICETRAIL_HOME/),
  })
  await stopChild(other)
  await occupy(home, () => undefined)
  expect(findLeftovers(home.runDir).map(({ name, pid }) => [name, pid])).toEqual([
    ['demo', process.pid],
  ])
  vacate(home)
  expect(findLeftovers(home.runDir)).toEqual([])
})

test('exit code 75 means start me again, but not for ever', async () => {
  const home = demoHome(folder)
  const said: string[] = []
  const failure = await new Promise<Error>((onFailure) => {
    const say = (line: string) => void said.push(line)
    keepRunning(home, command('process.exit(75)'), { say, onFailure, firstPauseMs: 1 })
  })
  expect(said).toHaveLength(5)
  expect(failure).toMatchObject({ code: 'DEMO_CHILD_DIED' })
})

test('a child that dies for another reason ends the demo with its last log lines', async () => {
  const home = demoHome(folder)
  const failure = await new Promise<Error>((onFailure) => {
    const program = 'console.log("the disk is full"); process.exit(78)'
    keepRunning(home, command(program), { say: () => undefined, onFailure })
  })
  expect(failure.message).toMatch(/ended with code 78.*the disk is full/s)
})

test('a service that is told to stop is not started again', async () => {
  const home = demoHome(folder)
  const failures: Error[] = []
  const onFailure = (error: Error) => void failures.push(error)
  const service = keepRunning(home, command('setInterval(() => {}, 1000)'), {
    say: () => undefined,
    onFailure,
  })
  const [running] = findLeftovers(home.runDir)
  await service.stop()
  expect(isProcess(running?.pid ?? 0, [])).toBe(false)
  expect(failures).toEqual([])
})

test('settings of the shell for a real database do not reach a child', async () => {
  const home = demoHome(folder)
  process.env.DB_HOST = 'production.example'
  try {
    const child = startChild(
      home,
      command('console.log(Object.keys(process.env).join()); process.exit(1)'),
    )
    const { message } = await childDied(child, await child.ended)
    expect(message).toContain('PORT')
    expect(message).not.toContain('DB_HOST')
  } finally {
    delete process.env.DB_HOST
  }
})

test('a step that fails stops the start', async () => {
  const failing = runToEnd(demoHome(folder), command('process.exit(3)'))
  await expect(failing).rejects.toMatchObject({ code: 'DEMO_CHILD_DIED' })
})

test('a free port is one that can be listened on', async () => {
  const server = createServer().listen(await freePort(), '127.0.0.1')
  await once(server, 'listening')
  server.close()
})

function command(program: string) {
  const cli = join(folder, 'child.js')
  writeFileSync(cli, program)
  return { name: 'child', cli, args: ['run'], env: { PORT: '1' } }
}

async function sleeper(): Promise<ChildProcess> {
  return script('console.log("up"); setInterval(() => {}, 1000) // leftover-mark')
}

async function script(program: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] })
  spawned.push(child)
  await once(child.stdout, 'data')
  return child
}
