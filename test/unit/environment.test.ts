import { expect, test } from 'vitest'
import { readDatabaseConfig, readIndexConfig, readServeConfig } from '../../src/config/environment'

const GOOD = {
  RPC_URL: 'http://localhost:8545',
  CONTRACTS: [
    'acme=0x5FbDB2315678afecb367f032d93F642f64180aa3@7',
    `other=0x${'c1'.padStart(40, '0')}@0`,
  ].join(', '),
  DB_URL: 'postgres://user:secret@db:5432/trail',
}

test('a complete environment gives a frozen configuration with defaults', () => {
  const config = readIndexConfig(GOOD)
  expect(config).toEqual({
    databaseUrl: GOOD.DB_URL,
    rpcUrls: [GOOD.RPC_URL],
    contracts: [
      { name: 'acme', address: '0x5fbdb2315678afecb367f032d93f642f64180aa3', startBlock: 7 },
      { name: 'other', address: '0x00000000000000000000000000000000000000c1', startBlock: 0 },
    ],
    finalityBlocks: 64,
    headPollMs: 200,
    reorgConfirmMs: 30_000,
    logsBloom: true,
    metricsPort: 4351,
    logLevel: 'info',
  })
  expect(Object.isFrozen(config)).toBe(true)
})

test('all problems are named at once, with the variable, the value and an example', () => {
  const broken = { ...GOOD, RPC_URL: '', CONTRACTS: 'Acme=0x12@x', FINALITY_BLOCKS: '1e3' }
  expect(() => readIndexConfig(broken)).toThrow(/RPC_URL is missing/)
  expect(() => readIndexConfig(broken)).toThrow(/CONTRACTS is "Acme=0x12@x".*Example: CONTRACTS=/)
  expect(() => readIndexConfig(broken)).toThrow(/FINALITY_BLOCKS is "1e3".*0 to 100000/)
})

test.each([
  ['a name with a dash would break ids', 'a-b=0x5fbdb2315678afecb367f032d93f642f64180aa3@0'],
  ['a contract without a start block', 'acme=0x5fbdb2315678afecb367f032d93f642f64180aa3'],
  [
    'an address under two names',
    'a=0x5fbdb2315678afecb367f032d93f642f64180aa3@0,b=0x5FBDB2315678afecb367f032d93f642f64180aa3@0',
  ],
])('CONTRACTS is refused: %s', (_, text) => {
  expect(() => readIndexConfig({ ...GOOD, CONTRACTS: text })).toThrow(/CONTRACTS is/)
})

test('RPC_URL names several nodes in order of preference', () => {
  const urls = ['https://a.example/key', 'wss://b.example']
  expect(readIndexConfig({ ...GOOD, RPC_URL: urls.join(', ') }).rpcUrls).toEqual(urls)
  const broken = { ...GOOD, RPC_URL: 'https://a.example/my-api-key,b.example/my-api-key' }
  expect(() => readIndexConfig(broken)).toThrow(/RPC_URL is "https:\/\/a\.example\/…,\(unreadable/)
})

test('secrets do not reach an error message', () => {
  const rpc = 'ftp://user:hunter2@node.example/v3/my-api-key'
  const database = 'mysql://user:hunter2@db/trail'
  let message = ''
  try {
    readIndexConfig({ ...GOOD, RPC_URL: rpc, DB_URL: database })
  } catch (error) {
    message = String(error)
  }
  expect(message).toContain('node.example')
  expect(message).not.toMatch(/hunter2|my-api-key/)
})

test('the parts of a database URL are escaped', () => {
  const { databaseUrl } = readDatabaseConfig({ DB_HOST: 'db', DB_USER: 'a@b', DB_PASS: 'p/w:1' })
  expect(databaseUrl).toBe('postgres://a%40b:p%2Fw%3A1@db:5432/devicetrail')
})

test('the API listens on this machine only, unless told otherwise', () => {
  expect(readServeConfig({}).host).toBe('127.0.0.1')
  expect(readServeConfig({ HOST: '0.0.0.0' }).host).toBe('0.0.0.0')
  expect(() => readServeConfig({ HOST: 'everywhere' })).toThrow(/HOST is "everywhere"/)
})
