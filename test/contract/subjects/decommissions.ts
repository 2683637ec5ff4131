import { expect, test } from 'vitest'
import { mint, recall, type Stage, ZERO } from '../stage'

export function decommissions(onStage: () => Stage): void {
  test('the owner ends a unit, listed or recalled as it may be', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'list', [tokenId, 5n])
    await recall(stage, { wholeModel: true })
    expect(await device.send(who.clinic, 'decommission', [tokenId, 'worn out'])).toEqual([
      ['DeviceDecommissioned', { tokenId, holder: who.clinic, reason: 'worn out' }],
      ['SaleDelisted', { tokenId, seller: who.clinic }],
      ['Transfer', { from: who.clinic, to: ZERO, tokenId }],
    ])
    await device.rejects(who.stranger, ['ownerOf', [tokenId]], ['ERC721NonexistentToken', tokenId])
  })

  test('a unit ends once', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'decommission', [tokenId, ''])
    const again = ['decommission', [tokenId, '']] as const
    await device.rejects(who.clinic, again, ['ERC721NonexistentToken', tokenId])
  })

  test('neither the manufacturer nor whom the owner approved ends a unit', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'approve', [who.carrier, tokenId])
    for (const other of [who.maker, who.carrier]) {
      const call = ['decommission', [tokenId, '']] as const
      await device.rejects(other, call, ['NotOwnerOrRegulator', tokenId, other])
    }
  })

  test('a locked unit is ended by a regulator only, and is not told to be unlocked', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.maker, 'lock', [tokenId])
    const call = ['decommission', [tokenId, 'seized']] as const
    await device.rejects(who.clinic, call, ['UnitLocked', tokenId])
    expect(await device.send(who.regulator, ...call)).toEqual([
      ['DeviceDecommissioned', { tokenId, holder: who.clinic, reason: 'seized' }],
      ['Transfer', { from: who.clinic, to: ZERO, tokenId }],
    ])
  })
}
