import type { LocalAnvil } from '../../src/demo/local-anvil'
import { MODEL, mint, recall, type Stage, setStage, unit } from '../contract/stage'
import { startAnvil } from '../support/anvil'

/**
 * A real chain with the reference contract, on which things can be made to happen and to un-happen.
 */
export class LiveChain {
  private minted = 0

  private constructor(
    private readonly anvil: LocalAnvil,
    readonly stage: Stage,
  ) {}

  static async start(): Promise<LiveChain> {
    const anvil = await startAnvil()
    return new LiveChain(anvil, await setStage(anvil.url))
  }

  stop(): Promise<void> {
    return this.anvil.stop()
  }

  /** The environment of an indexer that follows this chain. */
  environment(finalityBlocks: number): Record<string, string> {
    return {
      RPC_URL: this.anvil.url,
      CONTRACTS: `live=${this.stage.device.address}@0`,
      FINALITY_BLOCKS: String(finalityBlocks),
    }
  }

  /**
   * One unit's life: minted, sent on, handed off, perhaps locked, burned or recalled. Some six
   * blocks.
   */
  async live(): Promise<void> {
    const { device, who } = this.stage
    const number = ++this.minted
    const tokenId = await mint(this.stage, `SN-${number}`, { lot: `LOT-${number % 3}` })
    await device.send(who.clinic, 'transferFrom', [who.clinic, who.buyer, tokenId])
    await device.send(who.buyer, 'startHandoff', [tokenId, who.carrier])
    if (number % 2 === 0) await device.send(who.carrier, 'confirmHandoff', [tokenId])
    if (number % 3 === 0) await device.send(who.maker, 'lock', [tokenId])
    if (number % 4 === 0 && number % 3 !== 0) {
      await device.send(who.carrier, 'decommission', [tokenId, 'worn out'])
    }
    if (number % 5 === 0) await recall(this.stage, { lots: [`LOT-${number % 3}`] })
  }

  /** A batch of units in one block. */
  async mintBatch(count: number): Promise<void> {
    const { device, who } = this.stage
    const units = Array.from({ length: count }, () => unit(`SN-${++this.minted}`))
    await device.send(who.maker, 'mintBatch', [who.clinic, MODEL, units])
  }

  /**
   * Replaces the last blocks with empty ones: what happened in them never did. Then life goes on.
   */
  async fork(depth: number): Promise<void> {
    await this.stage.node.request({ method: 'anvil_reorg', params: [depth, []] } as never)
    await this.live()
  }

  async head(): Promise<{ height: number; hash: string }> {
    const block = await this.stage.node.getBlock({ blockTag: 'latest' })
    return { height: Number(block.number), hash: block.hash }
  }
}
