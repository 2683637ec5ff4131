import { buildSchema, type GraphQLEnumType, isEnumType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { sampleQueries } from '../../src/demo/screen'
import { demoScript } from '../../src/demo/story/script'
import { filesBelow } from './architecture/source-file'
import { commandProblem, defaultOf, exists, KNOWN_VARIABLES, read } from './deployment/program'
import { detailKeys } from './docs/event-details'
import { anchorsOf, codeBlocks, codeWords, fileLinks, section, tableRows } from './docs/markdown'

/** The documents are held to the code where they speak of it. */
describe('glossary', () => {
  const heading = 'Kinds of `DeviceEvent` and their `detail`'
  const rows = tableRows(section(read('docs/glossary.md'), heading))
  const listed = new Map(
    rows.map(([kind = '', , , keys = '']) => [codeWords(kind)[0], codeWords(keys)]),
  )

  it('lists every kind of event of the schema, in its order, and no other', () => {
    expect([...listed.keys()]).toEqual(enumValues('DeviceEventKind'))
  })

  it('lists the keys of each kind that the decoder returns', () => {
    const details = detailKeys()
    expect(details.size).toBe(listed.size)
    const sorted = (map: ReadonlyMap<string | undefined, readonly string[]>) =>
      [...map].map(([kind, keys]) => `${kind}: ${[...keys].sort().join(' ')}`).sort()
    expect(sorted(listed)).toEqual(sorted(details))
  })
})

describe('README', () => {
  const readme = read('README.md')

  it('names one test command, which the continuous integration reads out of it', () => {
    expect(codeBlocks(section(readme, 'Test'), 'sh')).toEqual(['npm ci && npm test\n'])
    expect(read('.ci/run')).toContain(`"## Test"`)
  })

  it('names only commands that exist', async () => {
    const lines = codeBlocks(readme, 'sh').flatMap((block) => block.trim().split('\n'))
    const commands = lines
      .map((line) => line.replace(/ &$/, '').split(' '))
      .filter(([program, verb]) => program === 'node' || (program === 'npm' && verb === 'run'))
    expect(commands).toHaveLength(4)
    expect(await Promise.all(commands.map(commandProblem))).toEqual(commands.map(() => undefined))
  })

  it('lists every environment variable with its default', () => {
    const rows = tableRows(section(readme, 'Run it on a real chain'))
    const listed = rows.flatMap(([names = '']) => codeWords(names))
    expect([...listed].sort()).toEqual([...KNOWN_VARIABLES].sort())
    const wrong = rows.filter(([names = '', value = '']) => {
      const [name = ''] = codeWords(names)
      const known = defaultOf(name)
      return known !== undefined && codeWords(value)[0] !== known
    })
    expect(wrong).toEqual([])
  })

  it('asks the questions that the demo prints', () => {
    const questions = sampleQueries(demoScript().highlights).map(({ query }) => words(query))
    expect(codeBlocks(section(readme, 'Ask'), 'graphql').map(words)).toEqual(questions)
  })
})

describe('links', () => {
  it('lead to files and headings that exist', async () => {
    const paths = [...ROOT_DOCUMENTS, ...(await filesBelow('docs'))]
    const broken = paths.filter((path) => path.endsWith('.md')).flatMap(brokenLinks)
    expect(broken).toEqual([])
  })

  it('are read: the documents have some', () => {
    expect(fileLinks('README.md', read('README.md')).length).toBeGreaterThan(3)
    expect(fileLinks('docs/a.md', '[x](../b.md#c)')).toEqual([{ file: 'b.md', anchor: 'c' }])
  })

  it('lead to every decision from the list of decisions', async () => {
    const records = (await filesBelow('docs/decisions')).filter((path) => /\/\d{4}-/.test(path))
    const list = fileLinks('docs/decisions/README.md', read('docs/decisions/README.md'))
    expect(list.map(({ file }) => file).sort()).toEqual(records.sort())
  })
})

describe('licence', () => {
  it('is the one that package.json names', () => {
    const { license } = JSON.parse(read('package.json'))
    expect(license).toBe('GPL-3.0-or-later')
    expect(read('LICENSE')).toMatch(/GNU GENERAL PUBLIC LICENSE\s+Version 3, 29 June 2007/)
  })
})

const ROOT_DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md']

function brokenLinks(path: string): string[] {
  return fileLinks(path, read(path))
    .filter(({ file, anchor }) => {
      if (!exists(file)) return true
      return anchor !== '' && !anchorsOf(read(file)).includes(anchor)
    })
    .map(({ file, anchor }) => `${path} → ${file}${anchor && `#${anchor}`}`)
}

function words(query: string): string {
  return query.split(/\s+/).join(' ').trim()
}

function enumValues(name: string): string[] {
  const directives =
    'directive @entity on OBJECT directive @derivedFrom(field: String!) on FIELD_DEFINITION'
  const scalars = 'scalar BigInt scalar DateTime scalar JSON'
  const schema = buildSchema(`${directives} ${scalars} ${read('schema.graphql')}`)
  const type = schema.getType(name)
  if (!isEnumType(type)) throw new Error(`schema.graphql has no enum ${name}`)
  return (type as GraphQLEnumType).getValues().map((value) => value.name)
}
