import type { DeviceClaims } from '../../../src/query/verify-device/claims'
import { isCalendarDay, plain, plainUdiDi } from './label'
import { type Found, found } from './unit-finding'
import { holderOf, isBurned, type Unit, udiDiOf, type World } from './world'

const FIELDS = ['udiDi', 'serial', 'lot', 'manufacturedOn', 'expiresOn', 'holder'] as const
type Field = (typeof FIELDS)[number]

const CODES: Readonly<Record<Field, string>> = {
  udiDi: 'UDI_DI_DIFFERS',
  serial: 'SERIAL_DIFFERS',
  lot: 'LOT_DIFFERS',
  manufacturedOn: 'MANUFACTURED_ON_DIFFERS',
  expiresOn: 'EXPIRES_ON_DIFFERS',
  holder: 'HOLDER_DIFFERS',
}

function stated(claims: DeviceClaims): [Field, string][] {
  return FIELDS.flatMap((field): [Field, string][] => {
    const text = claims[field] ?? ''
    return text.trim() === '' ? [] : [[field, text]]
  })
}

export function claimsAreReadable(claims: DeviceClaims): boolean {
  return stated(claims).every(([field, text]) => {
    if (text.length > 256 || text.includes('\0')) return false
    const isDate = field === 'manufacturedOn' || field === 'expiresOn'
    return !isDate || (/^\d{4}-\d\d-\d\d$/.test(text) && isCalendarDay(text))
  })
}

/** Each claim is confirmed, differs, or is about something that is not on record. */
export function claimFindings(world: World, unit: Unit, claims: DeviceClaims): Found[] {
  return stated(claims).map(([field, claim]) => {
    if (field === 'holder' && isBurned(unit)) {
      return found(CODES.holder, unit.identity?.at ?? null, 'MISMATCH')
    }
    const record = recorded(world, unit, field, claim) ?? ''
    if (record.trim() === '') return found('CLAIM_NOT_ON_RECORD', null)
    const form = field === 'udiDi' ? plainUdiDi : plain
    if (form(record) === form(claim)) return found('CLAIM_CONFIRMED', null)
    return found(CODES[field], unit.identity?.at ?? null, 'MISMATCH')
  })
}

function recorded(world: World, unit: Unit, field: Field, claim: string): string | null {
  if (field === 'udiDi') return udiDiOf(world, unit)
  if (field !== 'holder') return unit.identity?.[field] ?? null
  const holder = holderOf(unit)
  if (holder === null || claim.trim().startsWith('0x')) return holder
  return world.names.get(holder) ?? null
}
