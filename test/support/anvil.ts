import {
  type LocalAnvil,
  type LocalAnvilOptions,
  startAnvil as start,
} from '../../src/demo/local-anvil'

const running = new Set<LocalAnvil>()

// A worker that ends early must not leave its nodes behind.
process.once('exit', () => {
  for (const { child } of running) child.kill('SIGKILL')
})

/** A real EVM node for one test file; `stop()` it in `afterAll`. Options as in the demo's own. */
export async function startAnvil(options: LocalAnvilOptions = {}): Promise<LocalAnvil> {
  const anvil = await start(options)
  running.add(anvil)
  return {
    ...anvil,
    stop: () => anvil.stop().finally(() => running.delete(anvil)),
  }
}
