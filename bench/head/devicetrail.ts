import path from 'node:path'
import { Child } from './child'
import { type HeadContender, type OpenHeadContender, type Setting, stopAll } from './contender'

const MAIN = path.resolve(__dirname, '../../lib/cli/main.js')
const BARS = { ws: 150, http: 400 } as const

/** The compiled `devicetrail index` and `devicetrail serve` with their defaults. */
export function devicetrail(way: 'ws' | 'http'): HeadContender {
  return { name: `DeviceTrail, ${way}`, way, bar: BARS[way], status: 'indexerStatus', open }
}

async function open(setting: Setting): Promise<OpenHeadContender> {
  const { chainUrl, contracts, finalityBlocks, databaseUrl } = setting
  const indexer = Child.start('devicetrail index', [MAIN, 'index'], {
    RPC_URL: chainUrl,
    CONTRACTS: contracts,
    FINALITY_BLOCKS: String(finalityBlocks),
    METRICS_PORT: '0',
    DB_URL: databaseUrl,
  })
  const api = Child.start('devicetrail serve', [MAIN, 'serve'], { PORT: '0', DB_URL: databaseUrl })
  const children = [indexer, api]
  try {
    const graphqlUrl = await api.says(/listening on (http:[^\s"]+)/)
    return { graphqlUrl, children, close: () => stopAll(children) }
  } catch (error) {
    await stopAll(children)
    throw error
  }
}
