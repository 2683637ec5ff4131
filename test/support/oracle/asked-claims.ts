import fc from 'fast-check'
import type { DeviceClaims } from '../../../src/query/verify-device/claims'

const day = fc.constantFrom('2026-01-31', '2025-12-31')
const person = ['a1', 'A2', 'a3', 'a4'].map((end) => `0x${end.padStart(40, '0')}`)

/** Absent, null or a value. */
function maybe<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary: value },
  )
}

/** What a label or a seller may say of a unit, now and then nothing or nonsense. */
export const askedClaims: fc.Arbitrary<DeviceClaims | null> = fc.oneof(
  { weight: 10, arbitrary: fc.constant(null) },
  {
    weight: 18,
    arbitrary: fc.record({
      udiDi: maybe(fc.constantFrom('9506000134352', ' csqu', '4006381333931', '950600013435', ' ')),
      serial: maybe(fc.constantFrom('s1', 'S2', 'S-4', 'u4', 'U5', '')),
      lot: maybe(fc.constantFrom('l1', 'L2 ', 'L1')),
      manufacturedOn: maybe(day),
      expiresOn: maybe(day),
      holder: maybe(fc.constantFrom(...person, 'acme', ' St. Mary', 'nobody')),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<DeviceClaims>(
      { lot: 'L1\u0000' },
      { serial: 'x'.repeat(257) },
      { expiresOn: '2026-02-29' },
      { manufacturedOn: '31.01.2026' },
    ),
  },
)
