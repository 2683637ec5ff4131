import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Client } from 'pg'
import { freePort } from '../../../src/demo/process/free-port'
import { withClient } from '../../ledger/bench-database'
import { CONTRACT } from '../../ledger/raw-batches'
import { PROJECT } from '../child-process'
import { type CheckedRun, measure } from '../measure'
import { CHAIN_ID, START_BLOCK } from '../workload'
import { type Contender, type Ground, hasBlock } from './contender'

const FOLDER = path.join(PROJECT, 'bench/ponder')
const MAIN = path.join(FOLDER, 'node_modules/ponder/dist/esm/bin/ponder.js')

const INSTALL_MS = 10 * 60_000

/**
 * Ponder, in two ways: `cold` fetches from the node into its cache; `cached` begins again on the
 * cache that `cold` left, in another schema of the same database.
 */
export const PONDER: Contender = {
  async prepare({ say }) {
    install(say)
    return async () => {}
  },
  run: (ground) =>
    ground.server.withDatabase(async (databaseUrl) => {
      const cold = await index(ground, databaseUrl, 'cold')
      await withClient(databaseUrl, async (client) => {
        await client.query('VACUUM ANALYZE')
        await client.query('CHECKPOINT')
      })
      return [cold, await index(ground, databaseUrl, 'cached')]
    }),
}

/** The version in its manifest; undefined where it is not installed. */
export function installedPonder(): string | undefined {
  return versionIn(path.join(FOLDER, 'node_modules/ponder/package.json'))
}

async function index(
  { server, workload, limitMs }: Ground,
  databaseUrl: string,
  schema: 'cold' | 'cached',
): Promise<CheckedRun> {
  const port = await freePort()
  const env = {
    DATABASE_URL: databaseUrl,
    BACKFILL_RPC_URL: workload.nodeUrl,
    BACKFILL_CHAIN_ID: String(CHAIN_ID),
    BACKFILL_CONTRACT: CONTRACT,
    BACKFILL_START_BLOCK: String(START_BLOCK),
    PONDER_TELEMETRY_DISABLED: '1',
  }
  const place = ['--hostname', '127.0.0.1', '--port', String(port), '--schema', schema]
  const script = [MAIN, 'start', ...place, '--log-level', 'info']
  return measure(
    { server, workload, databaseUrl, limitMs },
    {
      way: `ponder ${schema}`,
      order: { name: `ponder start (${schema})`, script, cwd: FOLDER, env },
      schema,
      sliced: false,
      // The rows are visible before their indexes are made; it is ready when those are there.
      isDone: async (client) =>
        (await isReady(client, schema)) && hasBlock(client, schema, workload.lastHeight),
    },
  )
}

/** What its `/ready` answers, read where that reads it: to be asked often would cost it time. */
async function isReady(client: Client, schema: string): Promise<boolean> {
  const table = `"${schema}"._ponder_meta`
  const made = await client.query('SELECT 1 WHERE to_regclass($1) IS NOT NULL', [table])
  if (made.rowCount === 0) return false
  const { rowCount } = await client.query(`SELECT 1 FROM ${table} WHERE value->>'is_ready' = '1'`)
  return rowCount === 1
}

/** Ponder is no dependency of the project: it is installed where somebody asks for it. */
function install(say: (line: string) => void): void {
  const manifest: { dependencies: { ponder: string } } = JSON.parse(
    readFileSync(path.join(FOLDER, 'package.json'), 'utf8'),
  )
  const wanted = manifest.dependencies.ponder
  if (installedPonder() === wanted) return
  say(`installing Ponder ${wanted} into bench/ponder, once`)
  const { status, stdout, stderr } = spawnSync('npm', ['ci'], {
    cwd: FOLDER,
    encoding: 'utf8',
    timeout: INSTALL_MS,
  })
  if (status !== 0) throw new Error(`npm ci in bench/ponder failed:\n${stdout}${stderr}`)
}

function versionIn(file: string): string | undefined {
  try {
    const { version }: { version?: string } = JSON.parse(readFileSync(file, 'utf8'))
    return version
  } catch {
    return undefined
  }
}
