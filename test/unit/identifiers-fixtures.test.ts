import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readIdentifier } from '../../src/domain/identifiers/read-identifier'

/**
 * Goal: real identifiers, and real damage, read as a careful person read them. Method: every entry
 * of the published samples. What they call valid has no problem above a note; a fault forbids to
 * look it up, a doubt does not.
 */

const CONTEXT = { contracts: new Map(), year: 2026 }
const text = z.string().nullish()
const extras = ['unitOfMeasure', 'version', 'thirdPartySerial', 'bestBefore', 'variant'] as const
const numbers = ['quantity', 'expiryHour'] as const

const udiSample = z.object({
  input: z.string(),
  expected: z.object({
    agency: text,
    di: text,
    lot: text,
    serial: text,
    manufacturedOn: text,
    expiresOn: text,
    version: text,
    thirdPartySerial: text,
    bestBefore: text,
    variant: text,
    unitOfMeasure: text,
    donationId: text,
    quantity: z.number().optional(),
    expiryHour: z.number().optional(),
    valid: z.boolean(),
    problem: text,
    suggestion: text,
    warnings: z.array(z.string()).optional(),
  }),
})
const goods = z.object({
  containers: z.array(
    z.object({
      input: z.string(),
      expected: z.object({ canonical: text, valid: z.boolean(), problem: text }),
    }),
  ),
  luxury: z.array(
    z.object({
      input: z.string(),
      kind: z.string(),
      expected: z.object({
        di: text,
        serial: text,
        batch: text,
        assetId: text,
        model: text,
        issuer: text,
        of: text,
        tokenId: text,
        valid: z.boolean(),
        problem: text,
      }),
    }),
  ),
})

const samples = z.array(udiSample).parse(fixture('udi-samples.json'))
const { containers, luxury } = goods.parse(fixture('iso6346-and-luxury.json'))

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(`test/fixtures/${name}`, 'utf8'))
}

/** The fixtures' codes are ours in lower case and with dashes. */
const codeOf = (problem: string) => problem.toUpperCase().replaceAll('-', '_')
const read = (input: string) => {
  const reading = readIdentifier(input, CONTEXT)
  return { ...reading, valid: reading.problems.every(({ weight }) => weight === 'NOTE') }
}

describe('UDIs of three agencies', () => {
  it.each(samples)('$input', ({ input, expected }) => {
    const { parsed, problems, details, agency, valid, keys } = read(input)
    const codes = problems.map(({ code }) => code)
    expect({ codes, valid }).toMatchObject({ valid: expected.valid })
    expect(parsed).toMatchObject({
      udiDi: expected.di ?? null,
      lot: expected.lot ?? null,
      manufacturedOn: expected.manufacturedOn ?? null,
      expiresOn: expected.expiresOn ?? null,
    })
    // A text that may be a plain serial is one, with the doubt told.
    expect(parsed.serial).toBe(parsed.syntax === 'SERIAL' ? input : (expected.serial ?? null))
    if (parsed.syntax !== 'SERIAL') expect(agency).toBe(expected.agency ?? null)
    if (expected.problem) expect(codes).toContain(codeOf(expected.problem))
    if (expected.suggestion) {
      expect(problems.map(({ suggestion }) => suggestion)).toContain(expected.suggestion)
    }
    for (const warning of expected.warnings ?? []) expect(codes).toContain(codeOf(warning))
    for (const extra of extras) if (expected[extra]) expect(details[extra]).toBe(expected[extra])
    for (const number of numbers) {
      if (expected[number]) expect(Number(details[number])).toBe(expected[number])
    }
    const refused = problems.some(({ weight }) => weight === 'FAULT')
    expect(keys.length === 0).toBe(refused)
  })
})

describe('containers', () => {
  it.each(containers)('$input', ({ input, expected }) => {
    const { parsed, keys, problems, valid } = read(input)
    expect(valid).toBe(expected.valid)
    if (expected.canonical) {
      expect(parsed.serial).toBe(expected.canonical)
      expect(keys[0]).toEqual({ by: 'SERIAL', serialKey: expected.canonical })
    }
    if (expected.problem) {
      expect(problems.map(({ code }) => code)).toContain(codeOf(expected.problem))
    }
  })
})

describe('other goods', () => {
  it.each(luxury)('$kind $input', ({ input, expected }) => {
    const { parsed, keys, problems, details } = read(input)
    // An asset has no UDI-DI, which is a doubt about a medical device and none about other goods.
    const doubts = problems.filter(
      ({ code, weight }) => weight !== 'NOTE' && code !== 'NOT_A_DEVICE_IDENTIFIER',
    )
    expect(doubts.length === 0).toBe(expected.valid)
    if (expected.problem) {
      expect(problems.map(({ code }) => code)).toContain(codeOf(expected.problem))
    }
    expect(parsed.udiDi).toBe(expected.di ?? null)
    expect(details).toMatchObject({
      ...(expected.model && { model: expected.model }),
      ...(expected.issuer && { issuer: expected.issuer }),
      ...(expected.of && { editionOf: expected.of }),
      ...(expected.tokenId && { tokenId: expected.tokenId }),
      ...(expected.assetId && { assetId: expected.assetId }),
    })
    if (expected.serial && !details.assetId) expect(parsed.serial).toBe(expected.serial)
    if (expected.serial) expect(JSON.stringify([details, parsed])).toContain(expected.serial)
    if (expected.batch) {
      expect(keys).toContainEqual({ by: 'LOT', udiDiKey: null, lotKey: expected.batch })
    }
  })

  it('the secret of a certificate link is told to nobody', () => {
    const { parsed, ...told } = read('https://arian.ee/799709261,rrlr160hhjhj')
    expect(JSON.stringify([told, parsed.problems])).not.toContain('rrlr160hhjhj')
  })
})
