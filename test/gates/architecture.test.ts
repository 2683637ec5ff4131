import { beforeAll, describe, expect, it } from 'vitest'
import { importDirection } from './architecture/layers'
import { environment, purity, wallClock } from './architecture/purity'
import { orphans } from './architecture/reachability'
import { barrels, doubleCasts, functionLength, names, textShape } from './architecture/shape'
import { filesBelow, readSources, type SourceFile } from './architecture/source-file'

/** The rules of ARCHITECTURE.md and CONTRIBUTING.md, held against the repository itself. */
describe('the repository keeps its architecture', () => {
  let source: SourceFile[]
  let tooling: SourceFile[]

  beforeAll(async () => {
    source = await readSources('src')
    tooling = await readSources('test', 'scripts', 'bench')
  })

  it('is looked at: an empty list of files would pass every rule', () => {
    expect(source.map(({ path }) => path)).toContain('src/domain/position.ts')
    expect(tooling.map(({ path }) => path)).toContain('test/gates/architecture.test.ts')
  })

  it('lets imports point inwards only', () => {
    expect(importDirection(source)).toEqual([])
  })

  it('keeps clock, randomness, console, timers and process out of the pure layers', () => {
    expect(purity(source)).toEqual([])
  })

  it('decides nothing by a clock that can be set', () => {
    expect(wallClock(source)).toEqual([])
  })

  it('reads the environment at the entrypoints only', () => {
    expect(environment(source)).toEqual([])
  })

  it('has no source file that no entrypoint leads to', () => {
    expect(orphans(source)).toEqual([])
  })

  it('has no barrel file', () => {
    expect(barrels(source)).toEqual([])
  })

  it('has no folder or file that is named after no subject', async () => {
    expect(names([...(await filesBelow('src')), ...(await filesBelow('test'))])).toEqual([])
  })

  it('keeps files and lines short, and leaves nothing for later', () => {
    expect(textShape([...source, ...tooling])).toEqual([])
  })

  it('keeps functions short', async () => {
    // A function that holds a suite of tests is a list, and may be long.
    const support = await readSources('scripts', 'bench', 'test/support')
    expect(functionLength([...source, ...support])).toEqual([])
  })

  it('casts nothing through unknown', () => {
    expect(doubleCasts(source)).toEqual([])
  })
})
