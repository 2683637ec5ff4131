import { expect, test } from 'vitest'
import { MANUFACTURER_ROLE } from '../deployment'
import { MODEL, mint, type Stage } from '../stage'

export function locks(onStage: () => Stage): void {
  test('a lock stops every move, and an unlock lets it go', async () => {
    const stage = onStage()
    const { who, device } = stage
    const { clinic, buyer } = who
    const tokenId = await mint(stage, 'SN1')
    expect(await device.read('locked', [tokenId])).toBe(false)
    expect(await device.send(who.maker, 'lock', [tokenId])).toEqual([['Locked', { tokenId }]])
    expect(await device.read('locked', [tokenId])).toBe(true)

    const moves: [functionName: string, args: unknown[]][] = [
      ['transferFrom', [clinic, buyer, tokenId]],
      ['safeTransferFrom', [clinic, buyer, tokenId, '0x']],
      ['startHandoff', [tokenId, buyer]],
      ['list', [tokenId, 1n]],
      ['returnToManufacturer', [tokenId, 'broken']],
      ['decommission', [tokenId, 'broken']],
    ]
    for (const move of moves) await device.rejects(clinic, move, ['UnitLocked', tokenId])

    expect(await device.send(who.maker, 'unlock', [tokenId])).toEqual([['Unlocked', { tokenId }]])
    await device.send(clinic, 'transferFrom', [clinic, buyer, tokenId])
  })

  test('a lock is put once and lifted once', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.rejects(who.maker, ['unlock', [tokenId]], ['UnitNotLocked', tokenId])
    await device.send(who.maker, 'lock', [tokenId])
    await device.rejects(who.regulator, ['lock', [tokenId]], ['UnitLocked', tokenId])
    await device.send(who.regulator, 'unlock', [tokenId])
    expect(await device.read('locked', [tokenId])).toBe(false)
  })

  test('the manufacturer cannot lift a regulator’s lock', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.regulator, 'lock', [tokenId])
    await device.rejects(
      who.maker,
      ['unlock', [tokenId]],
      ['LockedByRegulator', tokenId, who.maker],
    )
    await device.send(who.regulator, 'unlock', [tokenId])
  })

  test('neither holders nor strangers to the model lock or unlock', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    for (const account of [who.clinic, who.otherMaker, who.admin]) {
      const refusal = ['NotManufacturerOrRegulator', MODEL, account] as const
      await device.rejects(account, ['lock', [tokenId]], refusal)
      await device.rejects(account, ['unlock', [tokenId]], refusal)
    }
    await device.send(who.admin, 'revokeRole', [MANUFACTURER_ROLE, who.maker])
    const disarmed = ['NotManufacturerOrRegulator', MODEL, who.maker] as const
    await device.rejects(who.maker, ['lock', [tokenId]], disarmed)
  })

  test('there is nothing to lock where nobody owns', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.regulator, 'lock', [tokenId])
    await device.send(who.regulator, 'decommission', [tokenId, 'seized'])
    for (const id of [tokenId, 9n]) {
      const gone = ['ERC721NonexistentToken', id] as const
      await device.rejects(who.regulator, ['lock', [id]], gone)
      await device.rejects(who.regulator, ['unlock', [id]], gone)
      await device.rejects(who.stranger, ['locked', [id]], gone)
    }
  })
}
