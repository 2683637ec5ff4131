import { Client } from 'pg'

const NAME = 'devicetrail'

/**
 * The demo's database on a local server, made where it is missing.
 *
 * @param adminUrl a superuser's connection to the database `postgres`
 * @param fresh throws away what is there first
 * @returns the connection string of the database
 */
export async function openDemoDatabase(adminUrl: string, fresh: boolean): Promise<string> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    if (fresh) await client.query(`drop database if exists ${NAME} with (force)`)
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [NAME])
    if (rowCount === 0) await client.query(`create database ${NAME}`)
  } finally {
    await client.end()
  }
  const url = new URL(adminUrl)
  url.pathname = `/${NAME}`
  return url.href
}
