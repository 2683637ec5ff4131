import { expect, test } from 'vitest'
import { party } from '../../src/decoding/addresses'

/** Goal: what is remembered of addresses is bounded, and never mistaken for another address. */

const addressOf = (number: number) => `0x${number.toString(16).padStart(40, '0')}`

test('an address is itself again after more others than are remembered', () => {
  for (const round of [1, 2]) {
    for (let number = 0; number < 45_000; number++) {
      const text = addressOf(number)
      if (party(`round ${round}`, text) !== text) throw new Error(`${text} became another address`)
    }
  }
})

test('a text in capitals is the address in small letters, before and after that is known', () => {
  const capitals = `0x${'AB'.repeat(20)}`
  expect(party('owner', capitals)).toBe(capitals.toLowerCase())
  expect(party('owner', capitals)).toBe(capitals.toLowerCase())
})

test('a word with more than an address in it stays refused however often it comes', () => {
  const word = `${addressOf(7)}00`
  for (const _ of [1, 2]) expect(() => party('from', word)).toThrow('which is no address')
})
