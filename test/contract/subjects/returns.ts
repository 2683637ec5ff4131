import { expect, test } from 'vitest'
import { mint, recall, type Stage } from '../stage'

export function returns(onStage: () => Stage): void {
  test('a unit goes back to its manufacturer, listed or recalled as it may be', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'list', [tokenId, 5n])
    await recall(stage, { wholeModel: true })
    const call = [tokenId, 'recall notice']
    expect(await device.send(who.clinic, 'returnToManufacturer', call)).toEqual([
      ['SaleDelisted', { tokenId, seller: who.clinic }],
      ['Transfer', { from: who.clinic, to: who.maker, tokenId }],
      [
        'DeviceReturned',
        { tokenId, from: who.clinic, manufacturer: who.maker, reason: 'recall notice' },
      ],
    ])
  })

  test('only the owner returns, and only what is elsewhere', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    const call = ['returnToManufacturer', [tokenId, '']] as const
    await device.rejects(who.maker, call, ['NotUnitOwner', tokenId, who.maker, who.clinic])
    await device.send(who.clinic, 'transferFrom', [who.clinic, who.maker, tokenId])
    await device.rejects(who.maker, call, ['AlreadyWithManufacturer', tokenId, who.maker])
  })
}
