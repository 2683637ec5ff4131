import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { dropTempFolder, makeTempFolder } from '../../test/support/temp-folder'
import { Child } from './child'
import { type HeadContender, type OpenHeadContender, type Setting, stopAll } from './contender'

const PROJECT = path.resolve(__dirname, '../..')
const SQUID = path.join(__dirname, 'stock-squid.ts')
const GRAPHQL_SERVER = path.join(PROJECT, 'node_modules/@subsquid/graphql-server/bin/run.js')

/**
 * The stock way: evm-processor, typeorm-store and graphql-server, as the squid template starts
 * them.
 *
 * @param headPollMs the processor's default where not given, which is 5 s over HTTP
 */
export function stock(way: 'ws' | 'http', headPollMs?: number): HeadContender {
  const setting = headPollMs === undefined ? 'defaults' : `polls every ${headPollMs} ms`
  const name = `stock squid, ${way}, ${setting}`
  return { name, way, status: 'squidStatus', open: (given) => open(given, headPollMs) }
}

async function open(setting: Setting, headPollMs?: number): Promise<OpenHeadContender> {
  const { chainUrl, contracts, finalityBlocks, databaseUrl } = setting
  const folder = await makeTempFolder()
  await layOut(folder)
  const squid = Child.start(
    'the stock squid',
    ['--import', 'tsx', SQUID],
    {
      RPC_URL: chainUrl,
      CONTRACTS: contracts,
      FINALITY_BLOCKS: String(finalityBlocks),
      ...(headPollMs !== undefined && { HEAD_POLL_MS: String(headPollMs) }),
      DB_URL: databaseUrl,
    },
    PROJECT,
  )
  const environment = { GQL_PORT: '0', DB_URL: databaseUrl }
  const api = Child.start('graphql-server', [GRAPHQL_SERVER], environment, folder)
  const children = [squid, api]
  const close = async () => {
    await stopAll(children)
    await dropTempFolder(folder)
  }
  try {
    const port = await api.says(/listening on port (\d+)/)
    return { graphqlUrl: `http://127.0.0.1:${port}/graphql`, children, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A squid's folder with this project's entities and without its resolvers. */
async function layOut(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'lib'))
  for (const name of ['schema.graphql', 'lib/model', 'node_modules']) {
    await symlink(path.join(PROJECT, name), path.join(folder, name))
  }
}
