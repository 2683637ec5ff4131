import { expect, test } from 'vitest'
import { Histories } from './parts/histories'
import { ScriptedChain } from './scripted-chain'

/** Goal: the harness calls final only what an honest reader of one node may take as final. */

const FINALITY = 12

function grown(height: number): ScriptedChain {
  const chain = new ScriptedChain(1)
  while (chain.head.height < height) chain.append()
  return chain
}

function hashOf(chain: ScriptedChain, height: number): string {
  return chain.at(height)?.hash ?? ''
}

test('a true block that a longer lie buries deep enough is not held against the reader', () => {
  const chain = grown(136)
  const histories = new Histories(FINALITY)
  histories.noteTruth(chain)
  expect(histories.mayBeFinal(hashOf(chain, 124))).toBe(true)
  expect(histories.mayBeFinal(hashOf(chain, 125))).toBe(false)

  const lie = chain.copy('lie')
  lie.fork(4)
  while (lie.head.height < 137) lie.append()
  histories.noteLie(lie)

  expect(histories.mayBeFinal(hashOf(chain, 125))).toBe(true)
  expect(histories.mayBeFinal(hashOf(chain, 126))).toBe(false)
})

test('a block of a lie is never final, however deep the lie grows', () => {
  const chain = grown(40)
  const histories = new Histories(FINALITY)
  histories.noteTruth(chain)
  const lie = chain.copy('lie')
  lie.fork(5)
  histories.noteLie(lie)
  while (lie.head.height < 80) lie.append()

  histories.noteLie(lie)
  histories.noteLie(lie)

  expect(histories.mayBeFinal(hashOf(lie, 35))).toBe(true)
  expect(histories.mayBeFinal(hashOf(lie, 36))).toBe(false)
  expect(histories.mayBeFinal(hashOf(lie, 60))).toBe(false)
})
