import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { startLocalPostgres } from '../../src/demo/local-postgres'
import { dropTempFolder, makeTempFolder } from './temp-folder'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

/** An empty database of its own. */
export interface TestDatabase {
  readonly url: string
  /** Drops it, also while connections are open. */
  drop(): Promise<void>
}

/** The vitest global set-up: one real server for the whole run, gone at its end. */
export default async function startServerOfTheRun(project: TestProject) {
  const folder = await makeTempFolder()
  const log = (line: string) => console.error(`postgres: ${line}`)
  const server = await startLocalPostgres({ dataDir: `${folder}/data`, unsafeFast: true, log })
  // A run that is cut short does not get to its teardown.
  const killServer = () => server.child.kill('SIGQUIT')
  process.once('exit', killServer)
  project.provide('postgresUrl', server.url)
  return async () => {
    process.off('exit', killServer)
    await server.stop()
    await dropTempFolder(folder)
    if (server.dataDir !== `${folder}/data`) await dropTempFolder(server.dataDir)
  }
}

/** Makes a new empty database on the server of the run: one for each test file, or each test. */
export async function freshDatabase(): Promise<TestDatabase> {
  const admin = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(admin, `create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => execute(admin, `drop database if exists ${name} with (force)`),
  }
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
