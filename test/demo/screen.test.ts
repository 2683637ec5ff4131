import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { asCurl, sampleQueries, welcome } from '../../src/demo/screen'
import { demoScript } from '../../src/demo/story/script'
import { terminal } from '../../src/demo/terminal'

const { highlights } = demoScript()

test('the commands survive the shell: each is one line with one quoted JSON body', () => {
  const queries = sampleQueries(highlights)
  expect(queries).toHaveLength(3)
  for (const { query } of queries) {
    const command = asCurl(4350, query)
    const [, body] =
      /^curl -s http:\/\/localhost:4350\/graphql -H '[^']+' -d '([^'\n]+)'$/.exec(command) ?? []
    const sent: unknown = JSON.parse(body ?? '')
    expect(sent).toEqual({ query })
    expect(() => parse(query)).not.toThrow()
  }
})

test('the screen names every address and never the password', () => {
  const screen = welcome({
    home: '/data',
    apiPort: 4350,
    metricsPort: 4351,
    chainUrl: 'http://127.0.0.1:8545',
    databaseUrl: 'postgres://devicetrail:secret@127.0.0.1:5432/devicetrail',
    contract: '0x5fbd',
    highlights,
  })
  for (const part of [
    ':4350/graphql',
    ':4350/console',
    ':4351/metrics',
    ':8545',
    ':5432',
    '0x5fbd',
    '/data',
  ]) {
    expect(screen).toContain(part)
  }
  expect(screen).not.toContain('secret')
})

test('progress overwrites itself on a terminal and writes one line into a file', () => {
  const printed = (isTTY: boolean) => {
    const parts: string[] = []
    const screen = terminal({ isTTY, write: (text) => parts.push(text) })
    for (const done of [1, 2, 3]) screen.progress('chain', 'playing', done, 3)
    return parts.join('')
  }
  expect(printed(false)).toBe('  chain      playing 3/3\n')
  expect(printed(true)).toBe(
    '\r  chain      playing 1/3\r  chain      playing 2/3\r  chain      playing 3/3\n',
  )
})
