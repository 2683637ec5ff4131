import type { Output } from './output'
import type { Report, Sheet } from './report'

/** What a terminal would obey, or what changes the direction of text. */
const HIDDEN = /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu

/**
 * A report as one JSON document: a key for each part, facts as an object, a sheet as an array with
 * one row a line. A document without its closing brace was broken off.
 */
export async function writeJson({ parts }: Report, output: Output): Promise<void> {
  await output.write('{')
  let isFirst = true
  for (const part of parts) {
    await output.write(`${isFirst ? '' : ','}\n  ${json(part.name)}: `)
    isFirst = false
    if ('facts' in part) await output.write(json(part.facts()))
    else await writeRows(part, output)
  }
  await output.write('\n}\n')
}

async function writeRows({ columns, batches }: Sheet, output: Output): Promise<void> {
  let before = '['
  for await (const batch of batches) {
    if (batch.length === 0) continue
    const rows = batch.map((row) => {
      return json(Object.fromEntries(columns.map(({ key }, n) => [key, row[n] ?? null])))
    })
    await output.write(`${before}\n    ${rows.join(',\n    ')}`)
    before = ','
  }
  await output.write(before === '[' ? '[]' : '\n  ]')
}

/** Hidden characters stand only within strings, where an escape means the same. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(HIDDEN, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
