import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LocalPostgres, startLocalPostgres } from '../../src/demo/local-postgres'
import { isProcess } from '../../src/demo/process/identity'
import { freshDatabase } from '../support/postgres'
import { dropTempFolder, makeTempFolder } from '../support/temp-folder'

let folder: string
let lines: string[]
let server: LocalPostgres | undefined

beforeEach(async () => {
  folder = await makeTempFolder()
  lines = []
})

afterEach(async () => {
  await server?.stop()
  server = undefined
  await dropTempFolder(folder)
})

test('data outlives a kill of the server, and the recovery is told', async () => {
  const first = await start({ unsafeFast: false })
  await query(first.url, 'create table kept as select 42 as answer')
  first.child.kill('SIGKILL')
  await new Promise((resolve) => first.child.once('exit', resolve))
  server = await start()
  expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect(lines.join('\n')).toContain('recovers')
})

test('a server that a killed run left working is stopped, not fought with', async () => {
  const orphan = await start()
  server = await start()
  expect(lines.join('\n')).toContain(`pid ${orphan.child.pid}`)
  expect(orphan.child.exitCode).toBe(0)
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a lock whose pid another program took over goes, the program is left alone', async () => {
  const first = await start()
  await first.stop()
  const bystander = spawn('sleep', ['60'], { stdio: 'ignore' })
  try {
    const lock = `${bystander.pid}\n${first.dataDir}\n0\n${first.port}\n\n127.0.0.1\n`
    writeFileSync(join(first.dataDir, 'postmaster.pid'), lock)
    server = await start()
    expect(lines.join('\n')).toContain('stale lock')
    expect(isProcess(bystander.pid ?? 0, ['sleep'])).toBe(true)
  } finally {
    bystander.kill('SIGKILL')
  }
})

test('nobody gets in without the password, and nothing listens beyond loopback', async () => {
  server = await start()
  const wrong = new URL(server.url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  const [row] = await query(server.url, 'show listen_addresses')
  expect(row).toEqual({ listen_addresses: '127.0.0.1' })
})

test('data is safe against a crash unless a test asks for speed', async () => {
  server = await startLocalPostgres({ dataDir: join(folder, 'data'), log: () => undefined })
  const settings = await query(
    server.url,
    "select name, setting from pg_settings where name in ('fsync', 'full_page_writes')",
  )
  expect(settings.map((row) => row.setting)).toEqual(['on', 'on'])
})

test('a data folder of another Postgres version is refused with what to do', async () => {
  const first = await start()
  await first.stop()
  writeFileSync(join(first.dataDir, 'PG_VERSION'), '14\n')
  await expect(start()).rejects.toMatchObject({
    code: 'DEMO_POSTGRES_DATA',
    message: expect.stringMatching(/written by Postgres 14.*Remove the folder/),
  })
})

test('a server that cannot start says the end of its log', async () => {
  const first = await start()
  await first.stop()
  const file = join(first.dataDir, 'postgresql.conf')
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nno_such_setting = 1\n`)
  await expect(start()).rejects.toMatchObject({
    code: 'DEMO_POSTGRES_START',
    message: expect.stringContaining('no_such_setting'),
  })
})

test('two databases of a test run do not see each other', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()])
  await query(one.url, 'create table mine (id int)')
  await expect(query(two.url, 'select * from mine')).rejects.toThrow(/does not exist/)
  await Promise.all([one.drop(), two.drop()])
  await expect(query(one.url, 'select 1')).rejects.toThrow(/does not exist/)
})

async function start({ unsafeFast = true } = {}): Promise<LocalPostgres> {
  const log = (line: string) => void lines.push(line)
  return startLocalPostgres({ dataDir: join(folder, 'data'), unsafeFast, log })
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}
