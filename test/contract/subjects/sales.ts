import { parseEther } from 'viem'
import { expect, test } from 'vitest'
import { ADMIN_ROLE, FEE_BASIS_POINTS } from '../deployment'
import { mint, names, recall, type Stage, ZERO } from '../stage'

const PRICE = parseEther('2')
const FEE = (PRICE * BigInt(FEE_BASIS_POINTS)) / 10_000n

export function sales(onStage: () => Stage): void {
  test('the seller gets the price, the treasury the fee, the buyer the unit', async () => {
    const stage = onStage()
    const { node, who, device } = stage
    const { clinic, buyer, treasury } = who
    const tokenId = await mint(stage, 'SN1')
    expect(await device.send(clinic, 'list', [tokenId, PRICE])).toEqual([
      ['SaleListed', { tokenId, seller: clinic, price: PRICE }],
    ])
    expect(await device.read('saleOf', [tokenId])).toEqual([clinic, PRICE, FEE])

    const before = [
      await node.getBalance({ address: clinic }),
      await node.getBalance({ address: treasury }),
    ]
    expect(await device.send(buyer, 'buy', [tokenId], PRICE + FEE)).toEqual([
      ['Transfer', { from: clinic, to: buyer, tokenId }],
      ['DeviceSold', { tokenId, seller: clinic, buyer, price: PRICE, fee: FEE }],
    ])
    const after = [
      await node.getBalance({ address: clinic }),
      await node.getBalance({ address: treasury }),
    ]
    expect(after.map((balance, i) => balance - (before[i] ?? 0n))).toEqual([PRICE, FEE])
    expect(await node.getBalance({ address: device.address })).toBe(0n)
    expect(await device.read('ownerOf', [tokenId])).toBe(buyer)
    expect(await device.read('saleOf', [tokenId])).toEqual([ZERO, 0n, 0n])
  })

  test('the payment is exact', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'list', [tokenId, PRICE])
    for (const sent of [0n, PRICE, PRICE + FEE - 1n, PRICE + FEE + 1n]) {
      const wrong = ['WrongPayment', tokenId, sent, PRICE, FEE] as const
      await device.rejects(who.buyer, ['buy', [tokenId], sent], wrong)
    }
  })

  test('the fee is rounded down to the wei, and may be nothing', async () => {
    const stage = onStage()
    const { who, device } = stage
    const fees: [price: bigint, fee: bigint][] = [
      [39n, 0n],
      [40n, 1n],
      [79n, 1n],
      [80n, 2n],
      [2n ** 96n - 1n, 1980704062856608439838598758n],
    ]
    for (const [price, fee] of fees) expect(await device.read('feeFor', [price])).toBe(fee)
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'list', [tokenId, 39n])
    expect(names(await device.send(who.buyer, 'buy', [tokenId], 39n))).toEqual([
      'Transfer',
      'DeviceSold',
    ])
  })

  test('a price can be changed and a unit taken off the market by its owner', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'list', [tokenId, PRICE])
    await device.send(who.clinic, 'list', [tokenId, PRICE * 2n])
    const stale = ['WrongPayment', tokenId, PRICE + FEE, PRICE * 2n, FEE * 2n] as const
    await device.rejects(who.buyer, ['buy', [tokenId], PRICE + FEE], stale)
    expect(await device.send(who.clinic, 'delist', [tokenId])).toEqual([
      ['SaleDelisted', { tokenId, seller: who.clinic }],
    ])
    const gone = ['UnitNotListed', tokenId] as const
    await device.rejects(who.buyer, ['buy', [tokenId], PRICE * 2n + FEE * 2n], gone)
    await device.rejects(who.clinic, ['delist', [tokenId]], gone)
  })

  test('only the owner sells, even where others are approved', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'approve', [who.carrier, tokenId])
    const refusal = ['NotUnitOwner', tokenId, who.carrier, who.clinic] as const
    await device.rejects(who.carrier, ['list', [tokenId, PRICE]], refusal)
    await device.rejects(who.carrier, ['delist', [tokenId]], refusal)
    await device.rejects(who.clinic, ['list', [9n, PRICE]], ['ERC721NonexistentToken', 9n])
    await device.rejects(who.buyer, ['buy', [tokenId], 0n], ['UnitNotListed', tokenId])
  })

  test('a price is something that can be paid', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    const max = 2n ** 96n - 1n
    for (const price of [0n, max + 1n, 2n ** 256n - 1n]) {
      const call = ['list', [tokenId, price]] as const
      await device.rejects(who.clinic, call, ['PriceOutOfRange', price, max])
    }
    await device.send(who.clinic, 'list', [tokenId, max])
  })

  test('a lock, a hand-off or a recall suspends a listing', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'list', [tokenId, PRICE])
    const buy = ['buy', [tokenId], PRICE + FEE] as const
    await device.send(who.regulator, 'lock', [tokenId])
    await device.rejects(who.buyer, buy, ['UnitLocked', tokenId])
    await device.send(who.regulator, 'unlock', [tokenId])
    await device.send(who.clinic, 'startHandoff', [tokenId, who.carrier])
    await device.rejects(who.buyer, buy, ['UnitInHandoff', tokenId, who.carrier])
    await device.send(who.clinic, 'cancelHandoff', [tokenId])
    await recall(stage, { serials: ['SN1'] })
    await device.rejects(who.buyer, buy, ['UnitRecalled', tokenId])
    await device.send(who.maker, 'closeRecall', [1n])
    await device.send(who.buyer, 'buy', [tokenId], PRICE + FEE)
  })

  test('a listing ends, first of all, when the unit moves by other means', async () => {
    const stage = onStage()
    const { who, device } = stage
    const { clinic, buyer } = who
    const moves: [serial: string, rest: string[], move: (tokenId: bigint) => Promise<unknown>][] = [
      ['SN1', ['Transfer'], (id) => device.send(clinic, 'transferFrom', [clinic, buyer, id])],
      [
        'SN2',
        ['Transfer', 'HandoffConfirmed'],
        async (id) => {
          await device.send(clinic, 'startHandoff', [id, buyer])
          return device.send(buyer, 'confirmHandoff', [id])
        },
      ],
    ]
    for (const [serial, rest, move] of moves) {
      const tokenId = await mint(stage, serial)
      await device.send(clinic, 'list', [tokenId, PRICE])
      const events = await move(tokenId)
      expect(events).toMatchObject([
        ['SaleDelisted', { tokenId, seller: clinic }],
        ...rest.map((name) => [name, { tokenId, from: clinic, to: buyer }]),
      ])
      await device.rejects(
        who.stranger,
        ['buy', [tokenId], PRICE + FEE],
        ['UnitNotListed', tokenId],
      )
    }
  })

  test('the admin alone sets fee and treasury, within bounds', async () => {
    const { who, device } = onStage()
    expect(await device.send(who.admin, 'setFee', [1000])).toEqual([
      ['FeeUpdated', { feeBasisPoints: 1000 }],
    ])
    expect(await device.send(who.admin, 'setTreasury', [who.carrier])).toEqual([
      ['TreasuryUpdated', { treasury: who.carrier }],
    ])
    await device.rejects(who.admin, ['setFee', [1001]], ['FeeTooHigh', 1001, 1000])
    await device.rejects(who.admin, ['setTreasury', [ZERO]], ['TreasuryMissing'])
    const unauthorized = ['AccessControlUnauthorizedAccount', who.maker, ADMIN_ROLE] as const
    await device.rejects(who.maker, ['setFee', [0]], unauthorized)
    await device.rejects(who.maker, ['setTreasury', [who.maker]], unauthorized)
  })
}
