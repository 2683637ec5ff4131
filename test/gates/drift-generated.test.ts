import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropTempFolder, makeTempFolder } from '../support/temp-folder'
import { ROOT } from './architecture/source-file'
import { contents, differences, regenerate } from './drift/regenerate'

/** What is generated and committed must come out the same, byte for byte, when it is made again. */
describe('generated files are what their sources say', () => {
  let copy: string

  beforeAll(async () => {
    copy = await makeTempFolder()
    await regenerate(ROOT, copy)
  })
  afterAll(() => dropTempFolder(copy))

  it.each([
    ['abi', 'contracts'],
    ['src/abi', 'abi'],
    ['src/model/generated', 'schema.graphql'],
  ])('%s follows %s', async (folder, source) => {
    const committed = await contents(join(ROOT, folder))
    const generated = await contents(join(copy, folder))
    expect(Object.keys(generated)).not.toEqual([])
    const advice = `${folder} was not made from this ${source}: run \`npm run codegen\``
    expect(differences(committed, generated), advice).toEqual([])
  })
})

describe('the comparison itself', () => {
  it('sees a changed, a missing and a left-over file', () => {
    const committed = { same: '1', changed: '1', left: '1' }
    const generated = { same: '1', changed: '2', missing: '1' }
    expect(differences(committed, generated)).toEqual(['changed', 'left', 'missing'])
  })
})
