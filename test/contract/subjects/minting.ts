import { expect, test } from 'vitest'
import { MANUFACTURER_ROLE } from '../deployment'
import {
  MODEL,
  ModelStatus,
  mint,
  NO_HASH,
  SOME_HASH,
  type Stage,
  UDI_DI,
  unit,
  ZERO,
} from '../stage'

/** What one transaction may use at most, EIP-7825. */
const MAX_TRANSACTION_GAS = 16_777_216n

const FULL = {
  lot: 'L2026-01',
  manufacturedOn: 20260131,
  expiresOn: 20310131,
  metadataUri: 'ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi',
  metadataHash: SOME_HASH,
}

export function minting(onStage: () => Stage): void {
  test('says what the unit is right after it came to its first holder', async () => {
    const { who, device } = onStage()
    const call = [who.clinic, MODEL, unit('SN1', FULL)]
    expect(await device.send(who.maker, 'mint', call)).toEqual([
      ['Transfer', { from: ZERO, to: who.clinic, tokenId: 1n }],
      [
        'DeviceMinted',
        { tokenId: 1n, modelId: MODEL, manufacturer: who.maker, serial: 'SN1', ...FULL },
      ],
    ])
    expect(await device.read('tokenOf', [MODEL, 'SN1'])).toBe(1n)
    expect(await device.read('tokenURI', [1n])).toBe(FULL.metadataUri)
  })

  test('a batch is numbered without a gap, and each unit is told in turn', async () => {
    const { who, device } = onStage()
    const batch = ['A', 'B', 'C'].map((serial) => unit(serial))
    const events = await device.send(who.maker, 'mintBatch', [who.clinic, MODEL, batch])
    const told = events.map(([name, args]) => [name, args.tokenId, args.serial])
    expect(told).toEqual([
      ['Transfer', 1n, undefined],
      ['DeviceMinted', 1n, 'A'],
      ['Transfer', 2n, undefined],
      ['DeviceMinted', 2n, 'B'],
      ['Transfer', 3n, undefined],
      ['DeviceMinted', 3n, 'C'],
    ])
    expect(await device.read('unitCount')).toBe(3n)
  })

  test('a full batch fits one transaction, and one unit more is refused', async () => {
    const { who, device } = onStage()
    const max = Number(await device.read('MAX_BATCH'))
    const batch = Array.from({ length: max + 1 }, (_, i) => unit(`SERIAL-NUMBER-${1000 + i}`, FULL))
    const call = ['mintBatch', [who.clinic, MODEL, batch]] as const
    await device.rejects(who.maker, call, ['BatchSizeInvalid', BigInt(max + 1), BigInt(max)])
    const full = [who.clinic, MODEL, batch.slice(1)]
    const { gasUsed } = await device.sendMeasured(who.maker, 'mintBatch', full)
    expect(gasUsed).toBeLessThan(MAX_TRANSACTION_GAS)
    expect(await device.read('unitCount')).toBe(BigInt(max))
  })

  test('an empty batch is refused', async () => {
    const { who, device } = onStage()
    const call = ['mintBatch', [who.clinic, MODEL, []]] as const
    await device.rejects(who.maker, call, ['BatchSizeInvalid', 0n, 50n])
  })

  test('a serial is used up for ever: twice in a batch, again later, after a burn', async () => {
    const stage = onStage()
    const { who, device } = stage
    const taken = ['SerialAlreadyMinted', MODEL, 'SN1', 1n] as const
    const twins = ['mintBatch', [who.clinic, MODEL, [unit('SN1'), unit('SN1')]]] as const
    await device.rejects(who.maker, twins, taken)
    const tokenId = await mint(stage, 'SN1')
    const again = ['mint', [who.clinic, MODEL, unit('SN1', { lot: 'other' })]] as const
    await device.rejects(who.maker, again, taken)
    await device.send(who.clinic, 'decommission', [tokenId, 'worn out'])
    await device.rejects(who.maker, again, taken)
  })

  test('a serial stays used up when its UDI-DI is approved under a new model id', async () => {
    const stage = onStage()
    const { who, device } = stage
    await mint(stage, 'SN1')
    await device.send(who.regulator, 'revokeModelApproval', [MODEL, 'sold to another maker'])
    await device.send(who.otherMaker, 'submitModel', [UDI_DI, 'Pacemaker P1', '', NO_HASH])
    await device.send(who.regulator, 'approveModel', [2n])
    const call = ['mint', [who.clinic, 2n, unit('SN1')]] as const
    await device.rejects(who.otherMaker, call, ['SerialAlreadyMinted', 2n, 'SN1', 1n])
  })

  test('only an approved model can be minted, and only by its own manufacturer', async () => {
    const { who, device } = onStage()
    await device.send(who.maker, 'submitModel', ['', 'Watch', '', NO_HASH])
    const { Submitted, Approved } = ModelStatus
    const early = ['mint', [who.clinic, 2n, unit('SN1')]] as const
    await device.rejects(who.maker, early, ['WrongModelStatus', 2n, Submitted, Approved])
    const unknown = ['mint', [who.clinic, 3n, unit('SN1')]] as const
    await device.rejects(who.maker, unknown, ['UnknownModel', 3n])
    for (const forger of [who.otherMaker, who.regulator, who.stranger]) {
      const call = ['mint', [who.clinic, MODEL, unit('SN1')]] as const
      await device.rejects(forger, call, ['NotModelManufacturer', MODEL, forger, who.maker])
    }
    await device.send(who.admin, 'revokeRole', [MANUFACTURER_ROLE, who.maker])
    const disarmed = ['mintBatch', [who.clinic, MODEL, [unit('SN1')]]] as const
    await device.rejects(who.maker, disarmed, ['NotModelManufacturer', MODEL, who.maker, who.maker])
  })

  test('a unit goes to somebody', async () => {
    const { who, device } = onStage()
    const call = ['mint', [ZERO, MODEL, unit('SN1')]] as const
    await device.rejects(who.maker, call, ['ERC721InvalidReceiver', ZERO])
  })

  test('text that could pass for another serial or lot is refused', async () => {
    const { who, device } = onStage()
    const rejects = (given: { serial?: string; lot?: string }, text: string) => {
      const call = ['mint', [who.clinic, MODEL, { ...unit('SN1'), ...given }]] as const
      return device.rejects(who.maker, call, ['IdentifierInvalid', text])
    }
    const lookAlikes = [' SN1', 'SN1 ', 'SN1\n', 'SN1\u0000', 'ЅN1', 'SN\u200b1', 'S'.repeat(65)]
    for (const text of lookAlikes) {
      await rejects({ serial: text }, text)
      await rejects({ lot: text }, text)
    }
    await rejects({ serial: '' }, '')
    await mint(onStage(), 'S'.repeat(64), { lot: 'a~ !' })
  })

  test('a date is a day of the calendar', async () => {
    const stage = onStage()
    const { who, device } = stage
    const impossible = [
      1, 20260100, 20260001, 20261301, 20260431, 20260230, 20250229, 21000229, 18991231, 202601311,
    ]
    for (const date of impossible) {
      for (const field of ['manufacturedOn', 'expiresOn']) {
        const call = ['mint', [who.clinic, MODEL, unit('SN1', { [field]: date })]] as const
        await device.rejects(who.maker, call, ['DateInvalid', date])
      }
    }
    await mint(stage, 'LEAP', { manufacturedOn: 20000229, expiresOn: 20240229 })
    await mint(stage, 'LONGEST', { manufacturedOn: 20260430, expiresOn: 99991231 })
  })

  test('a unit does not expire before it is made', async () => {
    const stage = onStage()
    const { who, device } = stage
    const dates = { manufacturedOn: 20260202, expiresOn: 20260201 }
    const call = ['mint', [who.clinic, MODEL, unit('SN1', dates)]] as const
    await device.rejects(who.maker, call, ['ExpiryBeforeManufacture', 20260202, 20260201])
    await mint(stage, 'SAME-DAY', { manufacturedOn: 20260202, expiresOn: 20260202 })
    await mint(stage, 'NO-EXPIRY', { manufacturedOn: 20260202 })
    await mint(stage, 'NO-MANUFACTURE', { expiresOn: 20260202 })
  })
}
