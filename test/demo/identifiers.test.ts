import { expect, test } from 'vitest'
import { LOTS, MODELS } from '../../src/demo/story/catalogue'
import { containerCheckDigit, withGs1CheckDigit } from '../../src/demo/story/check-digits'
import { newLot } from '../../src/demo/story/new-lot'
import { PARTIES, PARTY_KEYS } from '../../src/demo/story/parties'
import { seededRandom } from '../../src/demo/story/random'
import { calendarDate } from '../../src/domain/calendar-date'

// ISO 6346 prints its letter values as a table; the code computes them.
const LETTER_VALUES: Record<string, number> = {
  A: 10,
  B: 12,
  C: 13,
  D: 14,
  E: 15,
  F: 16,
  G: 17,
  H: 18,
  I: 19,
  J: 20,
  K: 21,
  L: 23,
  M: 24,
  N: 25,
  O: 26,
  P: 27,
  Q: 28,
  R: 29,
  S: 30,
  T: 31,
  U: 32,
  V: 34,
  W: 35,
  X: 36,
  Y: 37,
  Z: 38,
}

test('published GTINs and GLNs get the check digits that are printed on them', () => {
  expect(withGs1CheckDigit('5102222223333')).toBe('51022222233336')
  expect(withGs1CheckDigit('0061414181234')).toBe('00614141812349')
  expect(withGs1CheckDigit('952100000000')).toMatch(/^952100000000\d$/)
})

test('published container numbers get the check digits that are painted on them', () => {
  expect(containerCheckDigit('CSQU305438')).toBe(3)
  expect(containerCheckDigit('MSKU907032')).toBe(3)
  expect(containerCheckDigit('TEMU564738')).toBe(containerRemainder('TEMU564738'))
})

test('a container number whose check digit is doubtful is never given out', () => {
  const doubtful = Array.from(
    { length: 200 },
    (_, number) => `DTRU41${String(number).padStart(4, '0')}`,
  ).filter((body) => containerRemainder(body) === 10)
  expect(doubtful.length).toBeGreaterThan(10)
  expect(doubtful.map(containerCheckDigit)).toEqual(doubtful.map(() => undefined))
})

test('every GTIN, GLN and container number of the demo passes its check', () => {
  const gtins = MODELS.map(({ udiDi }) => udiDi).filter((udiDi) => udiDi !== '')
  const glns = PARTY_KEYS.map((key) => PARTIES[key].gln).filter((gln) => gln !== '')
  expect(gtins.length).toBeGreaterThanOrEqual(4)
  expect(glns.length).toBeGreaterThanOrEqual(8)
  expect(gtins.filter((gtin) => gtin.length !== 14 || gs1Sum(gtin) % 10 !== 0)).toEqual([])
  expect(glns.filter((gln) => gln.length !== 13 || gs1Sum(gln) % 10 !== 0)).toEqual([])
  const containers = LOTS.filter(({ model }) => model === 3).flatMap(({ serials }) => serials)
  expect(containers).toHaveLength(40)
  expect(containers.filter((number) => !isContainerNumber(number))).toEqual([])
})

test('no identity is minted twice, not even after a thousand new lots', () => {
  const seen = new Set(
    LOTS.flatMap(({ model, serials }) => serials.map((serial) => `${model}|${serial}`)),
  )
  expect(seen.size).toBe(300)
  let token = 301
  for (let height = 0; height < 1_000; height++) {
    const { lot } = newLot(token, 1_795_000_000, seededRandom(height))
    for (const serial of lot.serials) seen.add(`${lot.model}|${serial}`)
    token += lot.serials.length
  }
  expect(seen.size).toBe(token - 1)
})

test('new lots carry calendar dates also when they are made on a leap day', () => {
  const leapDay = Date.parse('2028-02-29T12:00:00Z') / 1000
  for (let seed = 0; seed < 40; seed++) {
    const { lot } = newLot(301, leapDay, seededRandom(seed))
    expect(calendarDate(lot.manufacturedOn)).toBe('2028-02-29')
    expect(calendarDate(lot.expiresOn), String(lot.expiresOn)).not.toBeUndefined()
    if (lot.model === 3)
      expect(lot.serials.filter((serial) => !isContainerNumber(serial))).toEqual([])
  }
})

function gs1Sum(key: string): number {
  const digits = [...key].map(Number).reverse()
  return digits.reduce((sum, digit, place) => sum + (place % 2 === 1 ? 3 * digit : digit), 0)
}

function containerRemainder(body: string): number {
  const values = [...body].map((sign) => LETTER_VALUES[sign] ?? Number(sign))
  return values.reduce((sum, value, place) => sum + value * 2 ** place, 0) % 11
}

function isContainerNumber(number: string): boolean {
  return (
    /^[A-Z]{3}U\d{7}$/.test(number) &&
    containerRemainder(number.slice(0, 10)) === Number(number[10])
  )
}
