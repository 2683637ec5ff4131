/** What the value of an element may be. */
export interface ElementRule {
  readonly numeric: boolean
  readonly min: number
  readonly max: number
}

/**
 * Application identifiers of the GS1 General Specifications, section 3.2: identifier or range,
 * digits (N) or text (X), and the length. Values made of a number and a text count as text.
 */
const TABLE = `
00 N18       01 N14       02 N14       03 N14       10 X1..20    11 N6        12 N6
13 N6        15 N6        16 N6        17 N6        20 N2        21 X1..20    22 X1..20
235 X1..28   240 X1..30   241 X1..30   242 N1..6    243 X1..20   250 X1..30   251 X1..30
253 X13..30  254 X1..20   255 N13..25  30 N1..8     3100-3105 N6 3110-3115 N6 3120-3125 N6
3130-3135 N6 3140-3145 N6 3150-3155 N6 3160-3165 N6 3200-3375 N6 3400-3575 N6 3600-3695 N6
37 N1..8     3900-3909 N1..15          3910-3919 N4..18          3920-3929 N1..15
3930-3939 N4..18          3940-3943 N4 3950-3955 N6 400 X1..30   401 X1..30   402 N17
403 X1..30   410-417 N13  420 X1..20   421 X4..12   422 N3       423 N3..15   424 N3
425 N3..15   426 N3       427 X1..3    4300-4306 X1..70          4307 X2      4308 X1..30
4309 N20     4310-4316 X1..70          4317 X2      4318 X1..20  4319 X1..30  4320 X1..35
4321-4323 N1 4324-4325 N10             4326 N6      4330-4333 X6..7
7001 N13     7002 X1..30  7003 N10     7004 N1..4   7005 X1..12  7006 N6      7007 N6..12
7008 X1..3   7009 X1..10  7010 X1..2   7011 N6..10  7020-7022 X1..20          7023 X1..30
7030-7039 X4..30          7040 X4      7041 X1..4   710-717 X1..20            7230-7239 X3..30
7240 X1..20  7241 N2      7242 X1..25  7250 N8      7251 N12     7252 N1      7253-7254 X1..40
7255 X1..10  7256 X1..90  7257 X1..70  7258 X3      7259 X1..40  8001 N14     8002 X1..20
8003 X14..30 8004 X1..30  8005 N6      8006 N18     8007 X1..34  8008 N8..12  8009 X1..50
8010 X1..30  8011 N1..12  8012 X1..20  8013 X1..25  8014 X1..25  8017 N18     8018 N18
8019 N1..10  8020 X1..25  8026 N18     8030 X1..90  8110 X1..70  8111 N4      8112 X1..70
8200 X1..70  90 X1..30    91-99 X1..90`

const RULES: ReadonlyMap<string, ElementRule> = new Map(
  [...TABLE.matchAll(/(\d+)(?:-(\d+))?\s+([NX])(\d+)(?:\.\.(\d+))?/g)].flatMap(
    ([, from = '', to = from, type, min, max = min]) => {
      const rule = { numeric: type === 'N', min: Number(min), max: Number(max) }
      const count = Number(to) - Number(from) + 1
      return Array.from({ length: count }, (_, n): [string, ElementRule] => [
        String(Number(from) + n).padStart(from.length, '0'),
        rule,
      ])
    },
  ),
)

/** The rule of an application identifier, or undefined where GS1 has none of that number. */
export function elementRule(ai: string): ElementRule | undefined {
  return RULES.get(ai)
}

/** The application identifier that a text has at a place; none is the beginning of another one. */
export function identifierAt(text: string, index: number): string | undefined {
  return [2, 3, 4].map((length) => text.slice(index, index + length)).find((ai) => RULES.has(ai))
}
