import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { Storable } from '../../src/decoding/storable'

/** Goal: a log with a megabyte of text costs a megabyte while it is read, and not longer. */

const COUNT = 100
const CHARACTERS = 1_000_000

test('what is kept of a long text does not keep all of it in memory', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const kept = Array.from({ length: COUNT }, (_, i) => {
    const text = Buffer.alloc(CHARACTERS, `${i}`).toString()
    return new Storable().code('serial', text)
  })
  collect()
  const used = process.memoryUsage().heapUsed
  expect(new Set(kept.map(({ length }) => length))).toEqual(new Set([200]))
  kept.length = 0
  collect()
  const freed = used - process.memoryUsage().heapUsed
  expect(freed).toBeLessThan((COUNT * CHARACTERS) / 10)
})
