import { describe, expect, it } from 'vitest'
import { importDirection } from './architecture/layers'
import { environment, purity, wallClock } from './architecture/purity'
import { orphans } from './architecture/reachability'
import { barrels, doubleCasts, functionLength, names, textShape } from './architecture/shape'
import { sourceFile } from './architecture/source-file'

/**
 * Each rule on a snippet that breaks it and on its nearest harmless neighbour: a rule that cannot
 * fail is none.
 */
const at = (path: string, text: string) => [sourceFile(path, text)]

describe('import direction', () => {
  it.each([
    ['src/domain/a.ts', `import { b } from '../query/b'`],
    ['src/domain/a.ts', `import type { b } from '../query/b'`],
    ['src/domain/a.ts', `export { b } from '../query/b'`],
    ['src/domain/a.ts', `type B = import('../query/b').B`],
    ['src/query/a.ts', `import { b } from '../persistence/b'`],
    ['src/indexer/a.ts', `const b = require('../demo/b')`],
    ['src/edge/a.ts', `const b = await import('../cli/b')`],
    ['src/domain/a.ts', `import { Client } from 'pg'`],
    ['src/projection/a.ts', `import { readFile } from 'node:fs/promises'`],
    ['src/edge/a.ts', `import { b } from '../../test/support/b'`],
    ['src/extras/a.ts', ``],
  ])('refuses in %s: %s', (path, text) => {
    expect(importDirection(at(path, text))).toEqual([expect.stringContaining(path)])
  })

  it.each([
    ['src/query/a.ts', `import { b } from '../domain/b'`],
    ['src/domain/a.ts', `import { b } from './identifiers/b'`],
    ['src/persistence/a.ts', `import { Client } from 'pg'`],
    ['src/cli/a.ts', `import { b } from '../demo/b'`],
  ])('allows in %s: %s', (path, text) => {
    expect(importDirection(at(path, text))).toEqual([])
  })
})

describe('purity', () => {
  it.each([
    `const t = Date.now()`,
    `const t = new Date()`,
    `const t = new Date`,
    `const t = Date()`,
    `const r = Math.random()`,
    `const id = crypto.randomUUID()`,
    `const id = randomUUID()`,
    `console.log('x')`,
    `const url = process.env.RPC_URL`,
    `setTimeout(go, 1)`,
    `const r = globalThis.Math`,
  ])('refuses in the fold: %s', (text) => {
    expect(purity(at('src/projection/a.ts', text))).not.toEqual([])
  })

  it.each([
    `const t = new Date(1_700_000_000_000)`,
    `const t = { fetch: 1 }.fetch`,
    `interface Source { fetch(): void }`,
    `// Date.now() would be wrong here`,
    `const text = 'Math.random()'`,
  ])('allows in the fold: %s', (text) => {
    expect(purity(at('src/projection/a.ts', text))).toEqual([])
  })

  it('leaves the outer layers their clock', () => {
    expect(purity(at('src/indexer/a.ts', 'Date.now()'))).toEqual([])
  })
})

describe('wall clock', () => {
  it.each([`const t = Date.now()`, `const t = new Date()`, `new Progress(log, 0, Date.now)`])(
    'refuses: %s',
    (text) => {
      expect(wallClock(at('src/indexer/a.ts', text))).toHaveLength(1)
    },
  )

  it.each([`const t = performance.now()`, `const t = new Date(block.timestamp)`])(
    'allows: %s',
    (text) => {
      expect(wallClock(at('src/indexer/a.ts', text))).toEqual([])
    },
  )
})

describe('environment', () => {
  it.each([
    `const url = process.env.DB_URL`,
    `const url = process['env']['DB_URL']`,
    `const { env } = process`,
    `import { env } from 'node:process'`,
  ])('refuses below the entrypoints: %s', (text) => {
    expect(environment(at('src/persistence/a.ts', text))).toHaveLength(1)
  })

  it('allows it in the command line', () => {
    expect(environment(at('src/cli/main.ts', 'process.env.DB_URL'))).toEqual([])
  })
})

describe('reachability', () => {
  const main = sourceFile('src/cli/main.ts', `import './a'; require.resolve('./worker')`)
  const used = ['src/cli/a.ts', 'src/cli/worker.ts'].map((path) => sourceFile(path, ''))
  const entrypoints = { 'src/cli/main.ts': 'the command' }

  it('follows imports and modules loaded by path', () => {
    expect(orphans([main, ...used], entrypoints)).toEqual([])
  })

  it('finds a pair of files that only import one another', () => {
    const lost = [
      sourceFile('src/query/a.ts', `import './b'`),
      sourceFile('src/query/b.ts', `import './a'`),
    ]
    expect(orphans([main, ...used, ...lost], entrypoints)).toHaveLength(2)
  })
})

describe('shape', () => {
  it('refuses a file that only re-exports, and allows one that says something', () => {
    expect(barrels(at('src/query/index.ts', `export * from './a'`))).toHaveLength(1)
    expect(barrels(at('src/query/a.ts', `export * from './b'; export const c = 1`))).toEqual([])
    expect(barrels(at('src/query/a.ts', `import './b'`))).toEqual([])
  })

  it.each(['src/utils/a.ts', 'src/domain/helpers.ts', 'src/lib/a.ts', 'test/common/a.ts'])(
    'refuses the name %s',
    (path) => {
      expect(names([path])).toHaveLength(1)
    },
  )

  it('allows names that merely contain one of the refused', () => {
    expect(names(['src/domain/library-card.ts', 'src/query/shared-lots.ts'])).toEqual([])
  })

  it('counts lines and columns from the limit on', () => {
    const long = 'x'.repeat(100)
    expect(textShape(at('src/a/b.ts', `${`${long}\n`.repeat(300)}`))).toEqual([])
    expect(textShape(at('src/a/b.ts', `${'x\n'.repeat(301)}`))).toHaveLength(1)
    expect(textShape(at('src/a/b.ts', `${long}x`))).toHaveLength(1)
  })

  it.each([['TO', 'DO'].join(''), ['FIX', 'ME'].join(''), ['it', 'only('].join('.')])(
    'refuses what is left for later: %s',
    (text) => {
      expect(textShape(at('src/a/b.ts', `// ${text}`))).toHaveLength(1)
    },
  )

  it('counts the lines of functions of every form', () => {
    const body = 'x()\n'.repeat(69)
    for (const head of [
      'function f()',
      'const f = () =>',
      'class C { m()',
      'const o = { get p()',
    ]) {
      const close = head.includes('{') ? '}' : ''
      expect(functionLength(at('src/a/b.ts', `${head} {\n${body}}${close}`))).toHaveLength(1)
    }
    expect(functionLength(at('src/a/b.ts', `function f() {\n${'x()\n'.repeat(68)}}`))).toEqual([])
  })

  it('refuses a cast through unknown, and allows one cast', () => {
    expect(doubleCasts(at('src/a/b.ts', 'const a = b as unknown as string'))).toHaveLength(1)
    expect(doubleCasts(at('src/a/b.ts', 'const a = b as unknown'))).toEqual([])
  })
})
