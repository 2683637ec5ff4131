import { keccak256, stringToHex } from 'viem'
import { expect, test } from 'vitest'
import { MODEL, mint, NO_HASH, SOME_HASH, type Stage } from '../stage'

const NEW_URI = 'ipfs://v2'

export function units(onStage: () => Stage): void {
  test('new metadata is announced by the standard, then told in full', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1', { metadataUri: 'ipfs://v1' })
    expect(await device.send(who.maker, 'setMetadata', [tokenId, NEW_URI, SOME_HASH])).toEqual([
      ['MetadataUpdate', { _tokenId: tokenId }],
      ['DeviceMetadataSet', { tokenId, metadataUri: NEW_URI, metadataHash: SOME_HASH }],
    ])
    expect(await device.read('tokenURI', [tokenId])).toBe(NEW_URI)
  })

  test('neither the holder nor another manufacturer rewrites metadata', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1')
    for (const forger of [who.clinic, who.otherMaker, who.regulator]) {
      const call = ['setMetadata', [tokenId, NEW_URI, SOME_HASH]] as const
      await device.rejects(forger, call, ['NotModelManufacturer', MODEL, forger, who.maker])
    }
  })

  test('a burned unit has no metadata, but its record and its serial stay', async () => {
    const stage = onStage()
    const { who, device } = stage
    const tokenId = await mint(stage, 'SN1', { lot: 'L1' })
    await device.send(who.clinic, 'decommission', [tokenId, 'worn out'])
    const gone = ['ERC721NonexistentToken', tokenId] as const
    await device.rejects(who.maker, ['setMetadata', [tokenId, NEW_URI, SOME_HASH]], gone)
    await device.rejects(who.stranger, ['tokenURI', [tokenId]], gone)
    expect(await device.read('unitOf', [tokenId])).toMatchObject({
      modelId: MODEL,
      lotHash: keccak256(stringToHex('L1')),
      serialHash: keccak256(stringToHex('SN1')),
    })
    expect(await device.read('tokenOf', [MODEL, 'SN1'])).toBe(tokenId)
  })

  test('an absent lot is recorded as none, not as the hash of nothing', async () => {
    const stage = onStage()
    const tokenId = await mint(stage, 'SN1')
    expect(await stage.device.read('unitOf', [tokenId])).toMatchObject({ lotHash: NO_HASH })
  })

  test('there is no record of what was never minted', async () => {
    const { who, device } = onStage()
    await device.rejects(who.stranger, ['unitOf', [1n]], ['UnknownUnit', 1n])
    expect(await device.read('tokenOf', [MODEL, 'SN1'])).toBe(0n)
  })
}
