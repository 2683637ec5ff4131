import { expect, test } from 'vitest'
import { ADMIN_ROLE } from '../deployment'
import { PartyKind, type Stage, ZERO } from '../stage'

const NAME = 'Medline Devices Ltd'
const GLN = '4012345000009'

export function parties(onStage: () => Stage): void {
  test('enters a party and replaces its entry', async () => {
    const { who, device } = onStage()
    const entry = [who.maker, PartyKind.Manufacturer, NAME, GLN]
    expect(await device.send(who.admin, 'setParty', entry)).toEqual([
      ['PartyUpdated', { party: who.maker, kind: PartyKind.Manufacturer, name: NAME, gln: GLN }],
    ])
    await device.send(who.admin, 'setParty', [who.maker, PartyKind.Manufacturer, 'Medline SE', ''])
    expect(await device.read('partyOf', [who.maker])).toEqual({
      kind: PartyKind.Manufacturer,
      name: 'Medline SE',
      gln: '',
    })
  })

  test('removes a party once', async () => {
    const { who, device } = onStage()
    await device.send(who.admin, 'setParty', [who.maker, PartyKind.Manufacturer, NAME, GLN])
    expect(await device.send(who.admin, 'removeParty', [who.maker])).toEqual([
      ['PartyRemoved', { party: who.maker }],
    ])
    await device.rejects(who.admin, ['removeParty', [who.maker]], ['UnknownParty', who.maker])
    expect(await device.read('partyOf', [who.maker])).toEqual({ kind: 0, name: '', gln: '' })
  })

  test('no party can enter or remove itself or another', async () => {
    const { who, device } = onStage()
    for (const forger of [who.maker, who.regulator, who.stranger]) {
      const unauthorized = ['AccessControlUnauthorizedAccount', forger, ADMIN_ROLE] as const
      const entry = [forger, PartyKind.Manufacturer, NAME, GLN]
      await device.rejects(forger, ['setParty', entry], unauthorized)
      await device.rejects(forger, ['removeParty', [who.maker]], unauthorized)
    }
  })

  test('refuses an entry that identifies nobody', async () => {
    const { who, device } = onStage()
    const { Manufacturer, None } = PartyKind
    const incomplete: [address: string, kind: number, name: string][] = [
      [ZERO, Manufacturer, NAME],
      [who.maker, None, NAME],
      [who.maker, Manufacturer, ''],
    ]
    for (const entry of incomplete) {
      const call = ['setParty', [...entry, GLN]] as const
      await device.rejects(who.admin, call, ['PartyIncomplete', ...entry])
    }
    await device.rejects(
      who.admin,
      ['setParty', [who.maker, Manufacturer, NAME, ' 4012345000009']],
      ['IdentifierInvalid', ' 4012345000009'],
    )
  })
}
