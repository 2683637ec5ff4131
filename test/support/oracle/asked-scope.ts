import fc from 'fast-check'
import type { AsOf } from '../../../src/query/as-of'
import type { RecallScope } from '../../../src/query/recall-lookup/scope'
import type { Field } from './touched-units'

/** Scopes of a world of few lots and serials, with values that are unknown, odd or refused. */

const LARGEST = String(2n ** 256n - 1n)

/**
 * Values of one field: mostly good ones, now and then an odd one, seldom none at all; or so many
 * patterns and ranges that the program looks their keys up first.
 */
function values(
  good: readonly string[],
  odd: readonly string[],
  loose: readonly string[] = good,
): fc.Arbitrary<string[] | null> {
  const value = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  )
  return fc.oneof(
    { weight: 20, arbitrary: fc.array(value, { minLength: 2, maxLength: 5 }) },
    { weight: 2, arbitrary: fc.array(value, { maxLength: 1 }) },
    { weight: 1, arbitrary: fc.constant(null) },
    {
      weight: 3,
      arbitrary: fc.array(fc.constantFrom(...loose), { minLength: 8, maxLength: 10 }),
    },
  )
}

// Units of the random histories are of 2025-12-31, 2026-01-01, 2026-01-31, or of no known day.
const day = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom(
      '2025-12-30',
      '2025-12-31',
      '2026-01-01',
      '2026-01-31',
      '2026-02-01',
    ),
  },
  { weight: 1, arbitrary: fc.constant('2026-02-30') },
)

type Ends = [from: string | null | undefined, to: string | null | undefined]

/** Windows of dates: few, for each one narrows; now and then one that ends before it begins. */
const window: fc.Arbitrary<Ends> = fc.oneof(
  { weight: 30, arbitrary: fc.constant<Ends>([undefined, undefined]) },
  { weight: 3, arbitrary: fc.tuple(day, day).map(([a, b]): Ends => (a < b ? [a, b] : [b, a])) },
  { weight: 1, arbitrary: day.map((from): Ends => [from, null]) },
  { weight: 1, arbitrary: day.map((to): Ends => [undefined, to]) },
  { weight: 1, arbitrary: fc.constant<Ends>(['2026-01-02', '2026-01-01']) },
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
    ['L1', 'l1 ', 'L2', '\uFF2C2', 'L3', 'L*', 'l?', 'L1..L2', ' l2 .. L4', '*2'],
    ['', 'L1\0', 'x'.repeat(257), '*', '??', 'L1..', 'L2..L1', 'L1..L22', 'L1..M2', 'L1...L2'],
    ['L*', 'l?', 'L1..L2', 'L2..L4', '*2', '?3'],
  ),
  serials: values(
    [
      'S1',
      's1',
      'S2',
      'S3',
      'S\u22124',
      's\u20114',
      'one-1',
      'S\uFFFD',
      'S9',
      'u4',
      'U5',
      'S*',
      '?1',
      'S1..S3',
      'U5..u7',
      's-1..S\u22129',
      'S1..S3',
      '*-*',
      'U\uFF0A',
      'S%',
      'S_',
      'one?1',
    ],
    ['', '\u00A0', '\0', '***', 'S1..S*', 'S..S3', 'A..B', 'S1\u2026S3', 'S1..S2..S3'],
    ['S*', '?1', 'S1..S3', 'U5..u7', 's-1..S\u22129', '*-*', 'S_*', 'one?1'],
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
  manufactured: window,
  expires: window,
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
    const [manufacturedFrom, manufacturedTo] = all.manufactured
    const [expiresFrom, expiresTo] = all.expires
    const scope: RecallScope = { manufacturedFrom, manufacturedTo, expiresFrom, expiresTo }
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
