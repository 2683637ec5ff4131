import { expect, test } from 'vitest'
import { mint, type Stage, ZERO } from '../stage'

export function transfers(onStage: () => Stage): void {
  test('the owner and whom it approved move a unit; an approval ends with the move', async () => {
    const stage = onStage()
    const { who, device } = stage
    const { clinic, carrier, buyer } = who
    const tokenId = await mint(stage, 'SN1')
    expect(await device.send(clinic, 'approve', [carrier, tokenId])).toEqual([
      ['Approval', { owner: clinic, approved: carrier, tokenId }],
    ])
    expect(await device.send(carrier, 'transferFrom', [clinic, buyer, tokenId])).toEqual([
      ['Transfer', { from: clinic, to: buyer, tokenId }],
    ])
    const back = ['transferFrom', [buyer, clinic, tokenId]] as const
    await device.rejects(carrier, back, ['ERC721InsufficientApproval', carrier, tokenId])
    expect(await device.send(buyer, 'setApprovalForAll', [carrier, true])).toEqual([
      ['ApprovalForAll', { owner: buyer, operator: carrier, approved: true }],
    ])
    await device.send(carrier, 'transferFrom', [buyer, clinic, tokenId])
    expect(await device.read('ownerOf', [tokenId])).toBe(clinic)
  })

  test('nobody moves a unit that is not theirs, to nowhere, or that is none', async () => {
    const stage = onStage()
    const { who, device } = stage
    const { clinic, buyer, stranger } = who
    const tokenId = await mint(stage, 'SN1')
    const move = (from: string, to: string, id = tokenId) =>
      ['transferFrom', [from, to, id]] as const
    const notApproved = ['ERC721InsufficientApproval', stranger, tokenId] as const
    await device.rejects(stranger, move(clinic, stranger), notApproved)
    await device.rejects(clinic, move(clinic, ZERO), ['ERC721InvalidReceiver', ZERO])
    await device.rejects(clinic, move(buyer, clinic), [
      'ERC721IncorrectOwner',
      buyer,
      tokenId,
      clinic,
    ])
    await device.rejects(clinic, move(clinic, buyer, 9n), ['ERC721NonexistentToken', 9n])
  })

  test('approvals are given by the owner, to somebody', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    const approve = ['approve', [who.stranger, tokenId]] as const
    await device.rejects(who.stranger, approve, ['ERC721InvalidApprover', who.stranger])
    const approveNobody = ['setApprovalForAll', [ZERO, true]] as const
    await device.rejects(who.clinic, approveNobody, ['ERC721InvalidOperator', ZERO])
    await device.rejects(who.clinic, ['balanceOf', [ZERO]], ['ERC721InvalidOwner', ZERO])
  })
}
