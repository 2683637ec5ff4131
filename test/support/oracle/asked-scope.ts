import fc from 'fast-check'
import type { AsOf } from '../../../src/query/as-of'
import type { RecallScope } from '../../../src/query/recall-lookup/scope'
import type { Field } from './touched-units'

/** Scopes of a world of few lots and serials, with values that are unknown, odd or refused. */

const LARGEST = String(2n ** 256n - 1n)

/** Values of one field: mostly good ones, now and then an odd one, seldom none at all. */
function values(good: readonly string[], odd: readonly string[]): fc.Arbitrary<string[] | null> {
  const value = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  )
  return fc.oneof(
    { weight: 20, arbitrary: fc.array(value, { minLength: 2, maxLength: 5 }) },
    { weight: 2, arbitrary: fc.array(value, { maxLength: 1 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  )
}

const date = fc.oneof(
  { weight: 40, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom('2026-01-01', '2026-02-30') },
)

const everyField = fc.record({
  models: values(
    [
      '09506000134352',
      ' 9506000134352',
      'csqu',
      'one-model-1',
      ' one-model-2 ',
      'two-model-1',
      'one-model-9',
      '09506000134353',
      '4006381333931',
    ],
    ['', ' ', 'x\0', 'CS*', '09506000134352..4', 'ONE-MODEL-1', 'x'.repeat(257)],
  ),
  lots: values(
    ['L1', 'l1 ', 'L2', '\uFF2C2', 'L3'],
    ['', 'L*', 'L?', 'L1..L2', 'L1\0', 'x'.repeat(257)],
  ),
  serials: values(
    ['S1', 's1', 'S2', 'S3', 'S\u22124', 's\u20114', 'one-1', 'S\uFFFD', 'S9', 'u4', 'U5'],
    ['', '\u00A0', 'S*', '?1', 'S1..S3', '\0'],
  ),
  deviceIds: values(
    [
      'one-0',
      'one-1',
      'one-2',
      ' one-3 ',
      'one-10',
      'one-4',
      'one-5',
      'two-0',
      'two-1',
      `one-${LARGEST}`,
      'two-99',
    ],
    ['', '17', 'ONE-1', 'one-01', 'one-1-0', `one-1${LARGEST}`, 'three-1'],
  ),
  manufacturedFrom: date,
  expiresTo: date,
})

/** Which fields are asked for: one, several that narrow each other, all, none. */
const fields = fc.constantFrom<readonly Field[]>(
  ['models'],
  ['lots'],
  ['serials'],
  ['deviceIds'],
  ['models', 'lots'],
  ['models', 'lots'],
  ['models', 'serials'],
  ['lots', 'serials'],
  ['serials', 'deviceIds'],
  ['models', 'lots', 'serials', 'deviceIds'],
  [],
)

export const askedScope: fc.Arbitrary<RecallScope> = fc
  .tuple(fields, everyField)
  .map(([chosen, all]) => {
    const { manufacturedFrom, expiresTo } = all
    const scope: RecallScope = { manufacturedFrom, expiresTo }
    for (const field of chosen) scope[field] = all[field]
    return scope
  })

/** A point of a chain: none, a block, an instant, or one that must be refused. */
export const askedPoint: fc.Arbitrary<
  (head: { height: number; timestamp: number }) => AsOf | null
> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(() => null) },
  {
    weight: 6,
    arbitrary: fc.nat().map((n) => ({ height }: { height: number }) => ({
      block: height - (n % (height + 1)),
    })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.nat(), fc.integer({ min: -1, max: 1 }))
      .map(([n, edge]) => ({ height, timestamp }: { height: number; timestamp: number }) => ({
        timestamp: new Date(timestamp - (n % (height + 1)) * 12_000 + edge),
      })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<(head: { height: number }) => AsOf>(
      ({ height }) => ({ block: height + 1 }),
      () => ({ block: -1 }),
      () => ({}),
      () => ({ block: 0, timestamp: new Date(0) }),
      () => ({ timestamp: new Date(0) }),
    ),
  },
)
