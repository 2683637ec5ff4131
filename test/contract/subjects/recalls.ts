import { expect, test } from 'vitest'
import {
  MODEL,
  mint,
  names,
  RecallClass,
  Resolution,
  recall,
  SOME_HASH,
  type Stage,
  scope,
} from '../stage'

const RECALL = 1n
const NOTICE = ['battery', 'https://maker.example/notice', SOME_HASH] as const

export function recalls(onStage: () => Stage): void {
  test('is issued with its first scope, and closed', async () => {
    const stage = onStage()
    const { who, device } = stage
    const [reason, noticeUri, noticeHash] = NOTICE
    const first = scope({ lots: ['L1', 'L2'], serials: ['SN9'] })
    const notice = { class: RecallClass.I, reason, noticeUri, noticeHash }
    expect(await recall(stage, first)).toEqual([
      ['RecallIssued', { recallId: RECALL, modelId: MODEL, issuer: who.maker, ...notice }],
      ['RecallScopeAdded', { recallId: RECALL, ...first }],
    ])
    const kept = { modelId: MODEL, issuer: who.maker, class: RecallClass.I }
    expect(await device.read('recallOf', [RECALL])).toEqual([{ ...kept, closed: false }, 3n])
    expect(await device.send(who.maker, 'closeRecall', [RECALL])).toEqual([
      ['RecallClosed', { recallId: RECALL, by: who.maker }],
    ])
    expect(await device.read('recallOf', [RECALL])).toEqual([{ ...kept, closed: true }, 3n])
  })

  test('a recalled unit moves and comes back, but is not sold while it is recalled', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1', { lot: 'L1' })
    await recall(stage, { lots: ['L1'] })
    await device.send(who.clinic, 'transferFrom', [who.clinic, who.buyer, tokenId])
    await device.send(who.buyer, 'startHandoff', [tokenId, who.clinic])
    await device.send(who.clinic, 'confirmHandoff', [tokenId])
    const list = ['list', [tokenId, 5n]] as const
    await device.rejects(who.clinic, list, ['UnitRecalled', tokenId])
    const resolved = [RECALL, tokenId, Resolution.Returned, '']
    await device.send(who.clinic, 'resolveRecalledUnit', resolved)
    await device.rejects(who.clinic, list, ['UnitRecalled', tokenId])
    await device.send(who.maker, 'closeRecall', [RECALL])
    expect(names(await device.send(who.clinic, ...list))).toEqual(['SaleListed'])
  })

  test('its manufacturer and regulators recall a model that exists, with a class', async () => {
    const { who, device } = onStage()
    const issue = (modelId: bigint, recallClass: number) =>
      ['issueRecall', [modelId, recallClass, scope({ wholeModel: true }), ...NOTICE]] as const
    for (const other of [who.otherMaker, who.clinic, who.admin]) {
      const refusal = ['NotManufacturerOrRegulator', MODEL, other] as const
      await device.rejects(other, issue(MODEL, RecallClass.I), refusal)
    }
    await device.rejects(who.regulator, issue(9n, RecallClass.I), ['UnknownModel', 9n])
    await device.rejects(who.regulator, issue(MODEL, RecallClass.None), ['RecallClassMissing'])
    await device.send(who.regulator, ...issue(MODEL, RecallClass.II))
  })

  test('the manufacturer cannot narrow, widen or close what a regulator issued', async () => {
    const { who, device } = onStage()
    const whole = scope({ wholeModel: true })
    await device.send(who.regulator, 'issueRecall', [MODEL, RecallClass.I, whole, ...NOTICE])
    const refusal = ['NotRecallKeeper', RECALL, who.maker] as const
    await device.rejects(who.maker, ['closeRecall', [RECALL]], refusal)
    await device.rejects(who.maker, ['addRecallScope', [RECALL, whole]], refusal)
    await device.send(who.regulator, 'closeRecall', [RECALL])
  })

  test('a regulator closes what a manufacturer issued; nobody else does', async () => {
    const stage = onStage()
    const { who, device } = stage
    await recall(stage, { wholeModel: true })
    for (const other of [who.otherMaker, who.clinic]) {
      await device.rejects(other, ['closeRecall', [RECALL]], ['NotRecallKeeper', RECALL, other])
    }
    await device.send(who.regulator, 'closeRecall', [RECALL])
  })

  test('the holder, the manufacturer and a regulator say what became of a unit', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await recall(stage, { serials: ['SN1'] })
    for (const by of [who.clinic, who.maker, who.regulator]) {
      const { Returned } = Resolution
      const call = [RECALL, tokenId, Returned, 'by courier']
      expect(await device.send(by, 'resolveRecalledUnit', call)).toEqual([
        [
          'RecallUnitResolved',
          { recallId: RECALL, tokenId, by, resolution: Returned, note: 'by courier' },
        ],
      ])
    }
    for (const other of [who.stranger, who.otherMaker]) {
      const call = ['resolveRecalledUnit', [RECALL, tokenId, Resolution.Returned, '']] as const
      await device.rejects(other, call, ['NotResolver', tokenId, other])
    }
    const none = ['resolveRecalledUnit', [RECALL, tokenId, Resolution.None, '']] as const
    await device.rejects(who.clinic, none, ['ResolutionMissing'])
  })

  test('a burned unit is resolved by the manufacturer, no more by its last holder', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await recall(stage, { serials: ['SN1'] })
    await device.send(who.clinic, 'decommission', [tokenId, 'incinerated'])
    expect(await device.read('isRecalled', [tokenId])).toBe(true)
    const call = ['resolveRecalledUnit', [RECALL, tokenId, Resolution.Destroyed, '']] as const
    await device.rejects(who.clinic, call, ['NotResolver', tokenId, who.clinic])
    expect(names(await device.send(who.maker, ...call))).toEqual(['RecallUnitResolved'])
  })

  test('a unit out of scope, or never minted, is not resolved', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await recall(stage, { serials: ['SN2'] })
    const resolve = (id: bigint) =>
      ['resolveRecalledUnit', [RECALL, id, Resolution.Returned, '']] as const
    await device.rejects(who.maker, resolve(tokenId), ['UnitNotInScope', RECALL, tokenId])
    await device.rejects(who.maker, resolve(9n), ['UnknownUnit', 9n])
    await device.rejects(who.stranger, ['isRecalled', [9n]], ['UnknownUnit', 9n])
  })

  test('what is closed stays closed, and what was never issued is unknown', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    await recall(stage, { wholeModel: true })
    await device.send(who.maker, 'closeRecall', [RECALL])
    const acts = (id: bigint): [functionName: string, args: unknown[]][] => [
      ['closeRecall', [id]],
      ['addRecallScope', [id, scope({ lots: ['L1'] })]],
      ['resolveRecalledUnit', [id, tokenId, Resolution.Returned, '']],
    ]
    for (const act of acts(RECALL))
      await device.rejects(who.maker, act, ['RecallAlreadyClosed', RECALL])
    for (const act of acts(7n)) await device.rejects(who.regulator, act, ['UnknownRecall', 7n])
    await device.rejects(who.stranger, ['inScope', [7n, tokenId]], ['UnknownRecall', 7n])
    await device.rejects(who.stranger, ['recallOf', [7n]], ['UnknownRecall', 7n])
  })
}
