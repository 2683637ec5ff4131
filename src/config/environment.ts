import type { FollowedContract } from './contracts'
import { type Environment, EnvironmentReader, given } from './environment-reader'
import type { LogLevelName } from './log-level'
import { VARIABLES } from './variables'

export interface DatabaseConfig {
  databaseUrl: string
}

export interface IndexConfig extends DatabaseConfig {
  /** Nodes of one chain, the preferred one first. */
  rpcUrls: readonly string[]
  /** Archive of final blocks in front of the node. */
  gatewayUrl?: string
  contracts: readonly FollowedContract[]
  /** Distance from the head behind which a block is taken as final. */
  finalityBlocks: number
  headPollMs: number
  /** How long two histories must not both be seen before one is believed for good. */
  reorgConfirmMs: number
  /** Whether the chain fills in the logs blooms of its headers. */
  logsBloom: boolean
  metricsPort: number
  logLevel: LogLevelName
}

export interface ServeConfig extends DatabaseConfig {
  /** Interface to listen on; only this machine by default. */
  host: string
  port: number
  logLevel: LogLevelName
}

/** @throws DeviceTrailError CONFIGURATION, naming every problem at once */
export function readDatabaseConfig(environment: Environment): DatabaseConfig {
  const reader = new EnvironmentReader(environment)
  const databaseUrl = reader.databaseUrl()
  reader.finish()
  return Object.freeze({ databaseUrl })
}

/** @throws DeviceTrailError CONFIGURATION, naming every problem at once */
export function readServeConfig(environment: Environment): ServeConfig {
  const reader = new EnvironmentReader(environment)
  const databaseUrl = reader.databaseUrl()
  const host = reader.required(VARIABLES.host)
  const logLevel = reader.required(VARIABLES.logLevel)
  const port = reader.required(VARIABLES.port)
  reader.finish()
  return Object.freeze({
    databaseUrl,
    host: given(host),
    port: given(port),
    logLevel: given(logLevel),
  })
}

/** @throws DeviceTrailError CONFIGURATION, naming every problem at once */
export function readIndexConfig(environment: Environment): IndexConfig {
  const reader = new EnvironmentReader(environment)
  const databaseUrl = reader.databaseUrl()
  const rpcUrls = reader.required(VARIABLES.rpcUrl)
  const gatewayUrl = reader.optional(VARIABLES.gatewayUrl)
  const followed = reader.required(VARIABLES.contracts)
  const finalityBlocks = reader.required(VARIABLES.finalityBlocks)
  const headPollMs = reader.required(VARIABLES.headPollMs)
  const reorgConfirmMs = reader.required(VARIABLES.reorgConfirmMs)
  const logsBloom = reader.required(VARIABLES.logsBloom)
  const metricsPort = reader.required(VARIABLES.metricsPort)
  const logLevel = reader.required(VARIABLES.logLevel)
  reader.finish()
  return Object.freeze({
    databaseUrl,
    rpcUrls: given(rpcUrls),
    ...(gatewayUrl && { gatewayUrl }),
    contracts: given(followed),
    finalityBlocks: given(finalityBlocks),
    headPollMs: given(headPollMs),
    reorgConfirmMs: given(reorgConfirmMs),
    logsBloom: given(logsBloom) === 'on',
    metricsPort: given(metricsPort),
    logLevel: given(logLevel),
  })
}

/** What the indexer follows, for a look at the same chain. */
export interface ChainConfig extends Pick<IndexConfig, 'databaseUrl' | 'contracts'> {
  /** The preferred endpoint of RPC_URL. */
  rpcUrl: string
}

/** @throws DeviceTrailError CONFIGURATION, naming every problem at once */
export function readChainConfig(environment: Environment): ChainConfig {
  const reader = new EnvironmentReader(environment)
  const databaseUrl = reader.databaseUrl()
  const rpcUrls = reader.required(VARIABLES.rpcUrl)
  const followed = reader.required(VARIABLES.contracts)
  reader.finish()
  const [rpcUrl] = given(rpcUrls)
  return Object.freeze({ databaseUrl, rpcUrl: given(rpcUrl), contracts: given(followed) })
}

/** What a gateway needs of the nodes, whatever is followed there. */
export interface GatewayConfig
  extends Pick<
    IndexConfig,
    'rpcUrls' | 'finalityBlocks' | 'headPollMs' | 'reorgConfirmMs' | 'logsBloom' | 'logLevel'
  > {
  port: number
}

/** @throws DeviceTrailError CONFIGURATION, naming every problem at once */
export function readGatewayConfig(environment: Environment): GatewayConfig {
  const reader = new EnvironmentReader(environment)
  const rpcUrls = reader.required(VARIABLES.rpcUrl)
  const finalityBlocks = reader.required(VARIABLES.finalityBlocks)
  const headPollMs = reader.required(VARIABLES.headPollMs)
  const reorgConfirmMs = reader.required(VARIABLES.reorgConfirmMs)
  const logsBloom = reader.required(VARIABLES.logsBloom)
  const port = reader.required(VARIABLES.port)
  const logLevel = reader.required(VARIABLES.logLevel)
  reader.finish()
  return Object.freeze({
    rpcUrls: given(rpcUrls),
    finalityBlocks: given(finalityBlocks),
    headPollMs: given(headPollMs),
    reorgConfirmMs: given(reorgConfirmMs),
    logsBloom: given(logsBloom) === 'on',
    port: given(port),
    logLevel: given(logLevel),
  })
}

export interface DemoConfig {
  /** Data folder. */
  home: string
  port: number
  metricsPort: number
}

/** @throws DeviceTrailError CONFIGURATION, naming every problem at once */
export function readDemoConfig(environment: Environment): DemoConfig {
  const reader = new EnvironmentReader(environment)
  const port = reader.required(VARIABLES.port)
  const metricsPort = reader.required(VARIABLES.metricsPort)
  reader.finish()
  const home = environment.DEVICETRAIL_HOME?.trim() || '.devicetrail'
  return Object.freeze({ home, port: given(port), metricsPort: given(metricsPort) })
}
