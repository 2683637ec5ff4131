import { expect, test } from 'vitest'
import { chainOf, Guarded, grow } from './guarded-chain'

test('smoke', async () => {
  const chain = chainOf(30)
  const guarded = await (await Guarded.nodes(chain)).start()
  try {
    expect(await guarded.head()).toBe(30)
    const blocks = await guarded.blocks(0, 20)
    expect(blocks.map((b) => b.hash)).toEqual(blocks.map((_, i) => chain.at(i)?.hash))
    expect((await guarded.logs(5, 9)).length).toBe(10)
    grow(chain, 5)
    await guarded.headAt(35)
    chain.fork(3)
    grow(chain, 4)
    await guarded.headAt(36)
    console.log(guarded.lines, await guarded.registry.metrics())
  } finally {
    await guarded.close()
  }
})
