import { expect, test } from 'vitest'
import { mint, type Stage, ZERO } from '../stage'

export function handoffs(onStage: () => Stage): void {
  test('the unit changes owner when the receiver confirms, not before', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    const parties = { tokenId, from: who.clinic, to: who.buyer }
    expect(await device.send(who.clinic, 'startHandoff', [tokenId, who.buyer])).toEqual([
      ['HandoffStarted', parties],
    ])
    expect(await device.read('ownerOf', [tokenId])).toBe(who.clinic)
    expect(await device.read('handoffOf', [tokenId])).toBe(who.buyer)
    expect(await device.send(who.buyer, 'confirmHandoff', [tokenId])).toEqual([
      ['Transfer', parties],
      ['HandoffConfirmed', parties],
    ])
    expect(await device.read('ownerOf', [tokenId])).toBe(who.buyer)
    expect(await device.read('handoffOf', [tokenId])).toBe(ZERO)
  })

  test('either side, and a regulator, can call it off', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    for (const by of [who.clinic, who.buyer, who.regulator]) {
      await device.send(who.clinic, 'startHandoff', [tokenId, who.buyer])
      expect(await device.send(by, 'cancelHandoff', [tokenId])).toEqual([
        ['HandoffCancelled', { tokenId, from: who.clinic, to: who.buyer, by }],
      ])
    }
    await device.send(who.clinic, 'transferFrom', [who.clinic, who.carrier, tokenId])
  })

  test('a unit in transit moves in no other way', async () => {
    const stage = onStage()
    const { who, device } = stage
    const { clinic, buyer, carrier } = who
    const tokenId = await mint(stage, 'SN1')
    await device.send(clinic, 'startHandoff', [tokenId, buyer])
    const moves: [functionName: string, args: unknown[]][] = [
      ['transferFrom', [clinic, buyer, tokenId]],
      ['safeTransferFrom', [clinic, carrier, tokenId]],
      ['startHandoff', [tokenId, carrier]],
      ['list', [tokenId, 1n]],
      ['returnToManufacturer', [tokenId, 'broken']],
      ['decommission', [tokenId, 'broken']],
    ]
    const inTransit = ['UnitInHandoff', tokenId, buyer] as const
    for (const move of moves) await device.rejects(clinic, move, inTransit)
    await device.rejects(who.regulator, ['decommission', [tokenId, 'seized']], inTransit)
  })

  test('whom the owner approved can start and cancel; nobody else can', async () => {
    const stage = onStage()
    const { who, device } = stage
    const { clinic, buyer, carrier, stranger } = who
    const tokenId = await mint(stage, 'SN1')
    const start = ['startHandoff', [tokenId, buyer]] as const
    await device.rejects(carrier, start, ['ERC721InsufficientApproval', carrier, tokenId])
    await device.rejects(clinic, ['startHandoff', [9n, buyer]], ['ERC721NonexistentToken', 9n])
    await device.send(clinic, 'approve', [carrier, tokenId])
    await device.send(carrier, 'startHandoff', [tokenId, buyer])
    const cancel = ['cancelHandoff', [tokenId]] as const
    await device.rejects(stranger, cancel, ['NotHandoffParty', tokenId, stranger])
    await device.rejects(who.maker, cancel, ['NotHandoffParty', tokenId, who.maker])
    await device.send(carrier, 'cancelHandoff', [tokenId])
  })

  test('only the receiver confirms, and only once', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    const confirm = ['confirmHandoff', [tokenId]] as const
    const cancel = ['cancelHandoff', [tokenId]] as const
    const none = ['UnitNotInHandoff', tokenId] as const
    await device.rejects(who.buyer, confirm, none)
    await device.rejects(who.clinic, cancel, none)
    await device.send(who.clinic, 'startHandoff', [tokenId, who.buyer])
    for (const other of [who.clinic, who.stranger]) {
      await device.rejects(other, confirm, ['NotHandoffReceiver', tokenId, other, who.buyer])
    }
    await device.send(who.buyer, 'confirmHandoff', [tokenId])
    await device.rejects(who.buyer, confirm, none)
  })

  test('a receiver is somebody else', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    for (const to of [ZERO, who.clinic]) {
      const start = ['startHandoff', [tokenId, to]] as const
      await device.rejects(who.clinic, start, ['HandoffReceiverInvalid', tokenId, to])
    }
  })

  test('a unit locked on its way is not taken in, but can be called back', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.clinic, 'startHandoff', [tokenId, who.buyer])
    await device.send(who.regulator, 'lock', [tokenId])
    await device.rejects(who.buyer, ['confirmHandoff', [tokenId]], ['UnitLocked', tokenId])
    await device.send(who.clinic, 'cancelHandoff', [tokenId])
    expect(await device.read('ownerOf', [tokenId])).toBe(who.clinic)
  })
}
