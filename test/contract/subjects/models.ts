import { expect, test } from 'vitest'
import { MANUFACTURER_ROLE, REGULATOR_ROLE } from '../deployment'
import { MODEL, ModelStatus, mint, NO_HASH, SOME_HASH, type Stage, UDI_DI, unit } from '../stage'

const OTHER_DI = '00844588003295'
const { Submitted, Approved, Rejected, Revoked } = ModelStatus

export function models(onStage: () => Stage): void {
  test('submits, approves and revokes', async () => {
    const { who, device } = onStage()
    const text = {
      udiDi: OTHER_DI,
      name: 'Valve V1',
      metadataUri: 'ipfs://v1',
      metadataHash: SOME_HASH,
    }
    expect(await device.send(who.otherMaker, 'submitModel', Object.values(text))).toEqual([
      ['ModelSubmitted', { modelId: 2n, manufacturer: who.otherMaker, ...text }],
    ])
    expect(await device.send(who.regulator, 'approveModel', [2n])).toEqual([
      ['ModelApproved', { modelId: 2n, regulator: who.regulator }],
    ])
    expect(await device.read('approvedModelOf', [OTHER_DI])).toBe(2n)
    expect(await device.send(who.regulator, 'revokeModelApproval', [2n, 'leaks'])).toEqual([
      ['ModelApprovalRevoked', { modelId: 2n, regulator: who.regulator, reason: 'leaks' }],
    ])
    expect(await device.read('approvedModelOf', [OTHER_DI])).toBe(0n)
    const model = { manufacturer: who.otherMaker, status: Revoked, udiDi: OTHER_DI }
    expect(await device.read('modelOf', [2n])).toEqual(model)
  })

  test('rejects, after which the UDI-DI can be submitted again', async () => {
    const { who, device } = onStage()
    const submission = [OTHER_DI, 'Valve V1', '', NO_HASH]
    await device.send(who.maker, 'submitModel', submission)
    expect(await device.send(who.regulator, 'rejectModel', [2n, 'no trial'])).toEqual([
      ['ModelRejected', { modelId: 2n, regulator: who.regulator, reason: 'no trial' }],
    ])
    await device.send(who.maker, 'submitModel', submission)
    await device.send(who.regulator, 'approveModel', [3n])
    expect(await device.read('approvedModelOf', [OTHER_DI])).toBe(3n)
  })

  test('a UDI-DI has one approved model at a time, whoever submits it', async () => {
    const { who, device } = onStage()
    await device.send(who.otherMaker, 'submitModel', [UDI_DI, 'Copy', '', NO_HASH])
    const approve = ['approveModel', [2n]] as const
    await device.rejects(who.regulator, approve, ['UdiDiAlreadyApproved', UDI_DI, MODEL])
    await device.send(who.regulator, 'revokeModelApproval', [MODEL, 'licence moved'])
    await device.send(who.regulator, 'approveModel', [2n])
    expect(await device.read('approvedModelOf', [UDI_DI])).toBe(2n)
  })

  test('goods without a UDI-DI do not stand in each other’s way', async () => {
    const { who, device } = onStage()
    for (const modelId of [2n, 3n]) {
      await device.send(who.maker, 'submitModel', ['', `Container ${modelId}`, '', NO_HASH])
      await device.send(who.regulator, 'approveModel', [modelId])
      await device.send(who.maker, 'mint', [who.clinic, modelId, unit('CSQU3054383')])
    }
    expect(await device.read('approvedModelOf', [''])).toBe(0n)
    expect(await device.read('ownerOf', [2n])).toBe(who.clinic)
  })

  test('each step is taken once, in order', async () => {
    const { who, device } = onStage()
    await device.send(who.maker, 'submitModel', [OTHER_DI, 'Valve V1', '', NO_HASH])
    await device.send(who.regulator, 'rejectModel', [2n, ''])
    const outOfOrder: [step: string, args: unknown[], modelId: bigint, is: number, must: number][] =
      [
        ['approveModel', [], MODEL, Approved, Submitted],
        ['rejectModel', ['late'], MODEL, Approved, Submitted],
        ['approveModel', [], 2n, Rejected, Submitted],
        ['revokeModelApproval', ['never was'], 2n, Rejected, Approved],
      ]
    for (const [step, args, modelId, is, must] of outOfOrder) {
      const wrong = ['WrongModelStatus', modelId, is, must] as const
      await device.rejects(who.regulator, [step, [modelId, ...args]], wrong)
    }
  })

  test('refuses a model that nobody submitted, has no name, or an unreadable UDI-DI', async () => {
    const { who, device } = onStage()
    await device.rejects(who.regulator, ['approveModel', [9n]], ['UnknownModel', 9n])
    await device.rejects(who.stranger, ['modelOf', [0n]], ['UnknownModel', 0n])
    const nameless = ['submitModel', [OTHER_DI, '', '', NO_HASH]] as const
    await device.rejects(who.maker, nameless, ['ModelNameMissing'])
    for (const udiDi of [
      '0084458800329\u0000',
      '00844588003295 ',
      '０0844588003295',
      '1'.repeat(65),
    ]) {
      const call = ['submitModel', [udiDi, 'Valve', '', NO_HASH]] as const
      await device.rejects(who.maker, call, ['IdentifierInvalid', udiDi])
    }
  })

  test('only manufacturers submit and only regulators decide', async () => {
    const { who, device } = onStage()
    const submission = [OTHER_DI, 'Valve V1', '', NO_HASH]
    const lacks = (role: string, account: string) =>
      ['AccessControlUnauthorizedAccount', account, role] as const
    const notMaker = lacks(MANUFACTURER_ROLE, who.regulator)
    await device.rejects(who.regulator, ['submitModel', submission], notMaker)
    await device.send(who.maker, 'submitModel', submission)
    const notRegulator = lacks(REGULATOR_ROLE, who.maker)
    await device.rejects(who.maker, ['approveModel', [2n]], notRegulator)
    await device.rejects(who.maker, ['rejectModel', [2n, '']], notRegulator)
    await device.rejects(who.maker, ['revokeModelApproval', [MODEL, '']], notRegulator)
  })

  test('a revoked model keeps its units and gets no more', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await device.send(who.regulator, 'revokeModelApproval', [MODEL, 'leaks'])
    await device.send(who.clinic, 'transferFrom', [who.clinic, who.buyer, tokenId])
    const call = ['mint', [who.clinic, MODEL, unit('SN2')]] as const
    await device.rejects(who.maker, call, ['WrongModelStatus', MODEL, Revoked, Approved])
  })
}
