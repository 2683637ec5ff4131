import { expect, test } from 'vitest'
import { MODEL, mint, NO_HASH, recall, type Stage, scope, unit } from '../stage'

/** What one transaction may use at most, EIP-7825. */
const MAX_TRANSACTION_GAS = 16_777_216n
const RECALL = 1n

export function recallScopes(onStage: () => Stage): void {
  /** Which of the tokens an open recall touches, and which are in the scope of recall 1. */
  const touched = async (tokenIds: readonly bigint[]) => {
    const { device } = onStage()
    const yes = { recalled: [] as bigint[], inScope: [] as bigint[] }
    for (const tokenId of tokenIds) {
      if (await device.read('isRecalled', [tokenId])) yes.recalled.push(tokenId)
      if (await device.read('inScope', [RECALL, tokenId])) yes.inScope.push(tokenId)
    }
    return yes
  }

  test('lots and serials widen each other, and nothing else is touched', async () => {
    const stage = onStage()
    const inLot = await mint(stage, 'SN1', { lot: 'L1' })
    const bySerial = await mint(stage, 'SN2', { lot: 'L2' })
    const neither = await mint(stage, 'SN3', { lot: 'L2' })
    const lotless = await mint(stage, 'SN4')
    const crossed = await mint(stage, 'L1', { lot: 'SN2' })
    const all = [inLot, bySerial, neither, lotless, crossed]
    await recall(stage, { lots: ['L1'], serials: ['SN2'] })
    const expected = [inLot, bySerial]
    expect(await touched(all)).toEqual({ recalled: expected, inScope: expected })
  })

  test('a scope is one model’s: the same lot and serial of another are not touched', async () => {
    const stage = onStage()
    const { who, device } = stage
    await device.send(who.maker, 'submitModel', ['', 'Other', '', NO_HASH])
    await device.send(who.regulator, 'approveModel', [2n])
    await device.send(who.maker, 'mint', [who.clinic, 2n, unit('SN1', { lot: 'L1' })])
    await recall(stage, { wholeModel: true, lots: ['L1'], serials: ['SN1'] })
    expect(await touched([1n])).toEqual({ recalled: [], inScope: [] })
  })

  test('a unit that is minted into an open scope later belongs to it', async () => {
    const stage = onStage()
    await recall(stage, { lots: ['L1'], serials: ['SN2'] })
    const ids = [await mint(stage, 'SN1', { lot: 'L1' }), await mint(stage, 'SN2')]
    expect(await touched(ids)).toEqual({ recalled: ids, inScope: ids })
  })

  test('the scope can grow to the whole model', async () => {
    const stage = onStage()
    const { who, device } = stage
    const ids = [await mint(stage, 'SN1', { lot: 'L1' }), await mint(stage, 'SN2')]
    await recall(stage, { lots: ['L1'] })
    const whole = scope({ wholeModel: true })
    expect(await device.send(who.maker, 'addRecallScope', [RECALL, whole])).toEqual([
      ['RecallScopeAdded', { recallId: RECALL, ...whole }],
    ])
    expect(await touched(ids)).toEqual({ recalled: ids, inScope: ids })
  })

  test('closing one of two recalls on a unit leaves it recalled', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1', { lot: 'L1' })
    await recall(stage, { lots: ['L1'] })
    await recall(stage, { lots: ['L1'] })
    await device.send(who.maker, 'closeRecall', [RECALL])
    expect(await touched([tokenId])).toEqual({ recalled: [tokenId], inScope: [tokenId] })
    await device.send(who.maker, 'closeRecall', [2n])
    expect(await touched([tokenId])).toEqual({ recalled: [], inScope: [tokenId] })
  })

  test('a scope item that is given twice does not outlive the recall', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1', { lot: 'L1' })
    await recall(stage, { lots: ['L1', 'L1'], serials: ['SN1'] })
    await device.send(who.maker, 'addRecallScope', [RECALL, scope({ lots: ['L1'] })])
    await device.send(who.maker, 'closeRecall', [RECALL])
    expect(await touched([tokenId])).toEqual({ recalled: [], inScope: [tokenId] })
  })

  test('a scope names something readable', async () => {
    const stage = onStage()
    const { who, device } = stage
    await recall(stage, { lots: ['L1'] })
    const add = (given: Parameters<typeof scope>[0]) =>
      ['addRecallScope', [RECALL, scope(given)]] as const
    await device.rejects(who.maker, add({}), ['ScopeEmpty'])
    await device.rejects(who.maker, add({ lots: ['L2', ''] }), ['IdentifierInvalid', ''])
    await device.rejects(who.maker, add({ serials: ['SN1 '] }), ['IdentifierInvalid', 'SN1 '])
  })

  test('a scope of any size allowed can be added and closed within one transaction', async () => {
    const stage = onStage()
    const { who, device } = stage
    const perCall = Number(await device.read('MAX_SCOPE_ITEMS_PER_CALL'))
    const perRecall = Number(await device.read('MAX_SCOPE_ITEMS_PER_RECALL'))
    const serials = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => `SERIAL-${'0'.repeat(50)}${1000 + from + i}`)

    await recall(stage, { serials: serials(0, perCall) })
    let most = 0n
    for (let from = perCall; from < perRecall; from += perCall) {
      const added = [RECALL, scope({ serials: serials(from, perCall) })]
      const { gasUsed } = await device.sendMeasured(who.maker, 'addRecallScope', added)
      most = gasUsed > most ? gasUsed : most
    }
    const oneMore = ['addRecallScope', [RECALL, scope({ lots: ['L1'] })]] as const
    const full = ['RecallTooLarge', RECALL, BigInt(perRecall + 1), BigInt(perRecall)] as const
    await device.rejects(who.maker, oneMore, full)
    const tooMany = scope({ wholeModel: true, serials: serials(0, perCall) })
    const tooLarge = ['ScopeTooLarge', BigInt(perCall + 1), BigInt(perCall)] as const
    await device.rejects(who.maker, ['addRecallScope', [RECALL, tooMany]], tooLarge)

    const { gasUsed } = await device.sendMeasured(who.maker, 'closeRecall', [RECALL])
    expect(most).toBeLessThan(MAX_TRANSACTION_GAS)
    expect(gasUsed).toBeLessThan(MAX_TRANSACTION_GAS)
    expect(await device.read('recallOf', [RECALL])).toMatchObject([
      { closed: true, modelId: MODEL },
      1000n,
    ])
  })
}
