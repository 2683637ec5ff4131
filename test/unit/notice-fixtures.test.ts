import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { section, tableRows } from '../gates/docs/markdown'
import { IDENTIFIERS, scoreOf } from '../support/notice-score'
import { kindRows, shapeRows } from '../support/notice-tables'
import { NOTICES } from '../support/notices'

/** Published recalls, against the reading of a careful person. */
describe('recall notices', () => {
  const document = readFileSync(join(__dirname, '../../docs/notices.md'), 'utf8')

  it('propose no wrong identifier but for two in a hundred', () => {
    const { right, wrong } = scoreOf(NOTICES, IDENTIFIERS)
    expect(right).toBeGreaterThan(500)
    expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.98)
  })

  it('are read as well as docs/notices.md says, kind by kind', () => {
    expect(tableRows(section(document, 'By kind'))).toEqual(kindRows())
  })

  it('are read as well as docs/notices.md says, shape by shape', () => {
    expect(tableRows(section(document, 'By shape'))).toEqual(shapeRows())
  })
})
