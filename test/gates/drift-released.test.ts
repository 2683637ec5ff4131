import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './architecture/source-file'
import released from './drift/released-migrations.json'

const FOLDER = join(ROOT, 'db/migrations')

/**
 * A database that ran a migration never runs it again: an edit would make two databases of one
 * version differ. The list holds name → SHA-256 of each migration that has left the house.
 */
describe('released migrations', () => {
  const known: Readonly<Record<string, string>> = released
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.js'))

  it('are there, and none was edited', () => {
    const edited = Object.entries(known).filter(([name, checksum]) => checksumOf(name) !== checksum)
    expect(edited, 'restore it, and write a new migration instead').toEqual([])
  })

  it('are listed, each one', () => {
    const missing = files.filter((name) => !(name in known))
    const lines = missing.map((name) => `"${name}": "${checksumOf(name)}"`)
    expect(missing, `add to released-migrations.json: ${lines.join(', ')}`).toEqual([])
  })

  it('run in the order of their names, which begin with a time', () => {
    expect(files.filter((name) => !/^\d{13}-\w+\.js$/.test(name))).toEqual([])
  })
})

function checksumOf(name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(FOLDER, name)))
    .digest('hex')
}
