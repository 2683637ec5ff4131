import type { Child } from './child'

/** What a contender is given. */
export interface Setting {
  /** The node, by the contender's own way to it. */
  readonly chainUrl: string
  /** As CONTRACTS of the environment. */
  readonly contracts: string
  readonly finalityBlocks: number
  /** A migrated, empty database. */
  readonly databaseUrl: string
}

/** A way from the node to GraphQL. */
export interface HeadContender {
  readonly name: string
  /** How it asks the node. */
  readonly way: 'ws' | 'http'
  /** Milliseconds that 99 of 100 blocks may take; none for those that are compared with. */
  readonly bar?: number
  /** The field of the API that tells the height. */
  readonly status: 'indexerStatus' | 'squidStatus'
  open(setting: Setting): Promise<OpenHeadContender>
}

export interface OpenHeadContender {
  readonly graphqlUrl: string
  /** Its programs, the last one to be stopped first. */
  readonly children: readonly Child[]
  close(): Promise<void>
}

/** Stops programs one after the other, the last one first. */
export async function stopAll(children: readonly Child[]): Promise<void> {
  for (const child of [...children].reverse()) await child.stop()
}
