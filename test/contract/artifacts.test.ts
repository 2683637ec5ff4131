import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ABI_DIR, buildContracts, PROJECT_DIR } from './artifact'

const run = promisify(execFile)

/** Where everything generated from the contract is made anew. */
let fresh: string

beforeAll(async () => {
  fresh = await mkdtemp(join(tmpdir(), 'artifacts-'))
})
afterAll(() => rm(fresh, { recursive: true }))

test('ABI and bytecode in the repository are those of the sources', async () => {
  await buildContracts(fresh)
  for (const file of ['DeviceNFT.json', 'DeviceNFT.bytecode.json']) {
    const [committed, rebuilt] = await Promise.all(
      [ABI_DIR, fresh].map((dir) => readFile(join(dir, file), 'utf8')),
    )
    const same = committed === rebuilt
    expect(same, `abi/${file} is stale: run node scripts/build-contracts.mjs`).toBe(true)
  }
})

test('the generated decoders in the repository are those of the ABIs', async () => {
  const typegen = join(PROJECT_DIR, 'node_modules/.bin/squid-evm-typegen')
  for (const name of ['DeviceNFT', 'ERC2309']) {
    await run(typegen, [fresh, join(ABI_DIR, `${name}.json`)])
    const committed = await readFile(join(PROJECT_DIR, `src/abi/${name}.ts`), 'utf8')
    const same = committed === (await readFile(join(fresh, `${name}.ts`), 'utf8'))
    expect(same, `stale: run npx squid-evm-typegen src/abi abi/${name}.json`).toBe(true)
  }
})
