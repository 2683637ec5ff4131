import fc from 'fast-check'
import type { IdentifierSyntax } from '../../../src/domain/identifiers/identifier'
import { ONE, TWO } from '../chain'
import { isBrokenGtin, isGtin, plainUdiDi } from './label'

/**
 * Identifiers with what they mean, which the oracle knows because it wrote them: nothing is parsed
 * here.
 */
export interface AskedIdentifier {
  text: string
  syntax: IdentifierSyntax
  /**
   * What it names, in any of these ways; null when it cannot be read. Without a serial a lot, and
   * without either the model of the UDI-DI. Beside a serial the lot is the same text, read as one.
   * `model` is a UDI-DI that may as well be a serial or a lot.
   */
  names: {
    deviceId?: string
    serial?: string
    udiDi?: string
    lot?: string
    model?: string
  } | null
  says: Says
}

export interface Says {
  udiDi: string | null
  serial: string | null
  lot: string | null
  manufacturedOn: string | null
  expiresOn: string | null
}

const NOTHING: Says = {
  udiDi: null,
  serial: null,
  lot: null,
  manufacturedOn: null,
  expiresOn: null,
}

/** As typed, and as read. */
const serial = fc.constantFrom(
  ['S1', 'S1'],
  ['s1', 's1'],
  [' S2 ', 'S2'],
  ['\uFF333', 'S3'],
  ['S\u20114', 'S\u20104'],
  ['S\u22124', 'S\u22124'],
  ['S\uFFFD', 'S\uFFFD'],
  ['U4', 'U4'],
  ['u5', 'u5'],
  ['U6', 'U6'],
  ['nobody', 'nobody'],
) as fc.Arbitrary<readonly [string, string]>
const udiDi = fc.constantFrom(
  '09506000134352',
  '9506000134352',
  'CSQU',
  ' csqu ',
  '4006381333931',
  '09506000134353',
)
const token = fc.constantFrom(
  ...['0', '1', '2', '3', '4', '5', '6', '7', '4', '5', '6', '7', '10', '99'],
  String(2n ** 256n - 1n),
)

const deviceId = fc
  .tuple(fc.constantFrom('one', 'one', 'one', 'two', 'three'), token)
  .map(([contract, number]): AskedIdentifier => {
    const text = `${contract}-${number}`
    return {
      text,
      syntax: 'DEVICE_ID',
      names: { deviceId: text, serial: text, lot: text },
      says: NOTHING,
    }
  })

const tokenByName = fc
  .tuple(fc.constantFrom('one', 'one', 'two'), token, fc.constantFrom('/', ' / ', '/0'))
  .map(([contract, number, between]): AskedIdentifier => {
    const text = `${contract}${between}${number}`
    const names = { deviceId: `${contract}-${number}`, serial: text, lot: text }
    const tooLong = between === '/0' && number.length === 78
    if (!tooLong) return { text, syntax: 'TOKEN_REFERENCE', names, says: NOTHING }
    return { text, syntax: 'UNREADABLE', names: null, says: NOTHING }
  })

const tokenByAddress = fc
  .tuple(fc.constantFrom(ONE, TWO, `0x${'c3'.padStart(40, '0')}`), token, fc.boolean())
  .map(([address, number, upper]): AskedIdentifier => {
    const contract = address === ONE ? 'one' : 'two'
    const followed = address === ONE || address === TWO
    return {
      text: `${upper ? address.toUpperCase().replace('0X', '0x') : address}/${number}`,
      syntax: 'TOKEN_REFERENCE',
      names: followed ? { deviceId: `${contract}-${number}` } : null,
      says: NOTHING,
    }
  })

const withBar = fc
  .tuple(
    fc.oneof({ weight: 12, arbitrary: udiDi }, fc.constant('')),
    fc.oneof({ weight: 12, arbitrary: serial }, fc.constant(['', ''] as const)),
  )
  .map(([di, [typed, read]]): AskedIdentifier => {
    const udiDi = di.trim()
    const readable = udiDi !== '' && read !== '' && !isBrokenGtin(udiDi)
    return {
      text: `${di}|${typed}`,
      syntax: 'UDI_DI_AND_SERIAL',
      names: readable ? { udiDi, serial: read } : null,
      says: { ...NOTHING, udiDi: inFull(udiDi) || null, serial: read || null },
    }
  })

const element = {
  udiDi: fc.option(udiDi, { freq: 5 }),
  serial: fc.option(serial, { freq: 9 }),
  lot: fc.option(fc.constantFrom('L1', 'l1', 'L2'), { freq: 1 }),
  expires: fc.option(fc.constantFrom('260131', '260100', '251231'), { freq: 1 }),
  made: fc.option(fc.constantFrom('260131', '251231'), { freq: 1 }),
  other: fc.boolean(),
}
const DAYS: Readonly<Record<string, string>> = {
  '260131': '2026-01-31',
  '260100': '2026-01-31',
  '251231': '2025-12-31',
}

const gs1 = fc
  .record(element)
  .filter((e) => e.udiDi !== null || e.serial !== null || e.lot !== null)
  .map((e): AskedIdentifier => {
    const parts = [
      e.udiDi === null ? '' : `(01)${e.udiDi}`,
      e.other ? '(240)REF' : '',
      e.expires === null ? '' : `(17)${e.expires}`,
      e.made === null ? '' : `(11)${e.made}`,
      e.lot === null ? '' : `(10)${e.lot}`,
      e.serial === null ? '' : `(21)${e.serial[0]}`,
    ]
    const di = e.udiDi?.trim() ?? null
    const lotOnly = e.serial === null && e.lot !== null
    const names = {
      ...(di !== null && { udiDi: di }),
      ...(e.serial && { serial: e.serial[1] }),
      ...(lotOnly && { lot: e.lot ?? '' }),
    }
    // GS1 has no such character, and no UDI-DI that is no GTIN.
    const readable = (di === null || isGtin(di)) && !e.serial?.[1].includes('\uFFFD')
    return {
      text: parts.join(''),
      syntax: 'GS1_ELEMENT_STRING',
      names: readable ? names : null,
      says: {
        udiDi: di === null || !(isGtin(di) || isBrokenGtin(di)) ? null : inFull(di),
        serial: e.serial?.[1] ?? null,
        lot: e.lot,
        manufacturedOn: e.made === null ? null : (DAYS[e.made] ?? null),
        expiresOn: e.expires === null ? null : (DAYS[e.expires] ?? null),
      },
    }
  })

/** The same unit as a scanner sends it, and in links. */
const scanned = fc
  .tuple(
    fc.constantFrom('09506000134352', '04006381333931'),
    fc.constantFrom('S1', 's1', 'U4', 'u5', 'nobody'),
    fc.constantFrom<[IdentifierSyntax, (di: string, serial: string) => string]>(
      ['GS1_SCAN', (di, serial) => `]d201${di}21${serial}`],
      ['GS1_SCAN', (di, serial) => `21${serial}\u001d01${di}`],
      ['GS1_DIGITAL_LINK', (di, serial) => `https://id.gs1.org/01/${di}/21/${serial}`],
      ['EPC_URN', (di, s) => `urn:epc:id:sgtin:${di.slice(1, 8)}.0${di.slice(8, 13)}.${s}`],
    ),
  )
  .map(([udiDi, serial, [syntax, write]]): AskedIdentifier => {
    const names = { udiDi, serial }
    return { text: write(udiDi, serial), syntax, names, says: { ...NOTHING, ...names } }
  })

const gtin = fc.constantFrom('09506000134352', '9506000134352', '4006381333931').map(
  (text): AskedIdentifier => ({
    text,
    syntax: 'GTIN',
    names: { model: text, serial: text, lot: text },
    says: { ...NOTHING, udiDi: inFull(text) },
  }),
)

const asset = fc
  .tuple(fc.constantFrom('31337', '1'), fc.constantFrom(ONE, TWO), token)
  .map(([chain, address, number]): AskedIdentifier => {
    const names = { deviceId: `${address === ONE ? 'one' : 'two'}-${number}` }
    return {
      text: `eip155:${chain}/erc721:${address}/${number}`,
      syntax: 'CAIP_19',
      names: chain === '31337' ? names : null,
      says: NOTHING,
    }
  })

const bareLot = fc.constantFrom('L1', 'l2', ' L2 ').map((text): AskedIdentifier => {
  const read = text.trim()
  const names = { serial: read, lot: read }
  return { text, syntax: 'SERIAL', names, says: { ...NOTHING, serial: read } }
})

const bareSerial = fc.oneof(serial, fc.constant(['one-01', 'one-01'] as const)).map(
  ([typed, read]): AskedIdentifier => ({
    text: typed,
    syntax: 'SERIAL',
    names: { serial: read, lot: read },
    says: { ...NOTHING, serial: read },
  }),
)

const garbage = fc
  .constantFrom('', ' \u00A0 ', 'x'.repeat(65), 'x'.repeat(1_001), 'S1\u0007x', '\0')
  .map((text): AskedIdentifier => ({ text, syntax: 'UNREADABLE', names: null, says: NOTHING }))

/** A GTIN in 14 digits. */
function inFull(udiDi: string): string {
  return isGtin(udiDi) ? plainUdiDi(udiDi) : udiDi
}

/** Anything that a person can scan or type. */
export const askedIdentifier: fc.Arbitrary<AskedIdentifier> = fc.oneof(
  { weight: 6, arbitrary: deviceId },
  { weight: 3, arbitrary: tokenByName },
  { weight: 3, arbitrary: tokenByAddress },
  { weight: 4, arbitrary: withBar },
  { weight: 5, arbitrary: gs1 },
  { weight: 3, arbitrary: scanned },
  { weight: 4, arbitrary: bareSerial },
  { weight: 2, arbitrary: bareLot },
  { weight: 1, arbitrary: gtin },
  { weight: 1, arbitrary: asset },
  { weight: 1, arbitrary: garbage },
)
