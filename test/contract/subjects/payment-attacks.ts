import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, encodeFunctionData, type Hex, parseEther } from 'viem'
import { beforeAll, expect, test } from 'vitest'
import { type Artifact, buildContracts, readArtifact } from '../artifact'
import { ContractClient } from '../contract-client'
import { deploy, FEE_BASIS_POINTS } from '../deployment'
import { mint, names, type Stage } from '../stage'

const PRICE = parseEther('2')
const FEE = (PRICE * BigInt(FEE_BASIS_POINTS)) / 10_000n

/** Sales in which a payee is a contract that means harm. */
export function paymentAttacks(onStage: () => Stage): void {
  let artifact: Artifact
  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'contracts-'))
    await buildContracts(dir, 'contracts/test/Puppet.sol:Puppet')
    artifact = await readArtifact('Puppet', dir)
    await rm(dir, { recursive: true })
  })
  const puppetOn = (stage: Stage) => Puppet.create(stage, artifact)

  test('a seller that buys again while it is paid is stopped', async () => {
    const stage = onStage()
    const { who, device } = stage
    const puppet = await puppetOn(stage)
    const bait = await mint(stage, 'BAIT')
    await device.send(who.clinic, 'list', [bait, PRICE])
    const tokenId = await puppet.offerUnit()
    await puppet.prepare('buy', [bait])
    await device.send(who.buyer, 'buy', [tokenId], PRICE + FEE)
    expect(await puppet.outcome()).toEqual(['ReentrancyGuardReentrantCall'])
    expect(await device.read('ownerOf', [bait])).toBe(who.clinic)
  })

  test('a seller finds the unit gone by the time it is paid', async () => {
    const stage = onStage()
    const { who, device } = stage
    const puppet = await puppetOn(stage)
    const tokenId = await puppet.offerUnit()
    await puppet.prepare('transferFrom', [who.buyer, puppet.address, tokenId])
    const events = await device.send(who.buyer, 'buy', [tokenId], PRICE + FEE)
    expect(names(events)).toEqual(['Transfer', 'DeviceSold'])
    const refusal = ['ERC721InsufficientApproval', puppet.address, tokenId]
    expect(await puppet.outcome()).toEqual(refusal)
    expect(await device.read('ownerOf', [tokenId])).toBe(who.buyer)
  })

  test('a treasury that buys again while it is paid is stopped', async () => {
    const stage = onStage()
    const { who, device } = stage
    const puppet = await puppetOn(stage)
    await device.send(who.admin, 'setTreasury', [puppet.address])
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'list', [tokenId, PRICE])
    await puppet.prepare('buy', [tokenId])
    await device.send(who.buyer, 'buy', [tokenId], PRICE + FEE)
    expect(await puppet.outcome()).toEqual(['ReentrancyGuardReentrantCall'])
  })

  test('a treasury that refuses money undoes the sale, and harms none without a fee', async () => {
    const stage = onStage()
    const { node, who, device } = stage
    const puppet = await puppetOn(stage)
    await puppet.act('refuseMoney')
    await device.send(who.admin, 'setTreasury', [puppet.address])
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'list', [tokenId, PRICE])
    const buy = ['buy', [tokenId], PRICE + FEE] as const
    await device.rejects(who.buyer, buy, ['PaymentRefused', puppet.address, FEE])
    expect(await device.read('ownerOf', [tokenId])).toBe(who.clinic)
    await device.send(who.admin, 'setFee', [0])
    await device.send(who.buyer, 'buy', [tokenId], PRICE)
    expect(await node.getBalance({ address: puppet.address })).toBe(0n)
  })

  test('a seller that refuses money sells nothing', async () => {
    const stage = onStage()
    const { who, device } = stage
    const puppet = await puppetOn(stage)
    const tokenId = await puppet.offerUnit()
    await puppet.act('refuseMoney')
    const buy = ['buy', [tokenId], PRICE + FEE] as const
    await device.rejects(who.buyer, buy, ['PaymentRefused', puppet.address, PRICE])
  })

  test('a receiver that acts within a safe transfer acts on what it owns by then', async () => {
    const stage = onStage()
    const { who, device } = stage
    const puppet = await puppetOn(stage)
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'list', [tokenId, PRICE])
    await puppet.prepare('transferFrom', [puppet.address, who.stranger, tokenId])
    const move = [who.clinic, puppet.address, tokenId]
    expect(await device.send(who.clinic, 'safeTransferFrom', move)).toEqual([
      ['SaleDelisted', { tokenId, seller: who.clinic }],
      ['Transfer', { from: who.clinic, to: puppet.address, tokenId }],
      ['Transfer', { from: puppet.address, to: who.stranger, tokenId }],
    ])
    expect(await device.read('ownerOf', [tokenId])).toBe(who.stranger)
  })
}

/** contracts/test/Puppet.sol on the chain of a stage. */
class Puppet {
  static async create(stage: Stage, artifact: Artifact): Promise<Puppet> {
    const address = await deploy(stage.node, stage.who.stranger, artifact)
    return new Puppet(stage, new ContractClient(stage.node, address, artifact.abi))
  }

  private constructor(
    private readonly stage: Stage,
    private readonly puppet: ContractClient,
  ) {}

  get address(): Address {
    return this.puppet.address
  }

  act(functionName: string, args: readonly unknown[] = []): Promise<unknown> {
    return this.puppet.send(this.stage.who.stranger, functionName, args)
  }

  /** Makes the puppet the owner of a new unit that it has on sale. */
  async offerUnit(): Promise<bigint> {
    const { device, who } = this.stage
    const tokenId = await mint(this.stage, 'OFFER')
    await device.send(who.clinic, 'transferFrom', [who.clinic, this.address, tokenId])
    await this.act('act', [device.address, this.encode('list', [tokenId, PRICE])])
    return tokenId
  }

  /** What the puppet will call on the device contract when money or a token arrives. */
  prepare(functionName: string, args: readonly unknown[]): Promise<unknown> {
    return this.act('prepareReaction', [this.stage.device.address, this.encode(functionName, args)])
  }

  /** How the reaction failed; it must have been tried. */
  async outcome(): Promise<readonly unknown[]> {
    expect(await this.puppet.read('reacted')).toBe(true)
    expect(await this.puppet.read('reactionSucceeded')).toBe(false)
    return this.stage.device.decodeError(await this.reactionResult())
  }

  private async reactionResult(): Promise<Hex> {
    const result = await this.puppet.read('reactionResult')
    if (typeof result !== 'string') throw new Error(`reactionResult gave ${String(result)}`)
    return `0x${result.slice(2)}`
  }

  private encode(functionName: string, args: readonly unknown[]): Hex {
    return encodeFunctionData({ abi: this.stage.device.abi, functionName, args })
  }
}
