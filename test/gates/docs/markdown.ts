import { dirname, join, normalize } from 'node:path'

/** A heading with the text below it, down to the next heading of any level. */
export interface Section {
  readonly heading: string
  readonly text: string
}

/** The sections of a document; what stands before the first heading is not among them. */
export function sectionsOf(markdown: string): Section[] {
  return markdown
    .split(/^(?=#{1,6} )/m)
    .filter((part) => part.startsWith('#'))
    .map((part) => {
      const [first = '', ...rest] = part.split('\n')
      return { heading: first.replace(/^#+ /, ''), text: rest.join('\n') }
    })
}

/** The text of a section; empty where the document has none of that name. */
export function section(markdown: string, heading: string): string {
  return sectionsOf(markdown).find((each) => each.heading === heading)?.text ?? ''
}

/** The content of each fenced code block of a language. */
export function codeBlocks(markdown: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm')
  return [...markdown.matchAll(fence)].map(([, code = '']) => code)
}

/** The rows of the tables of a text, without headings: cells as written. */
export function tableRows(markdown: string): string[][] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('|'))
  const heads = rows.flatMap((row, index) => (/^\|[-|\s]+\|$/.test(row) ? [index - 1, index] : []))
  return rows
    .filter((_, index) => !heads.includes(index))
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )
}

/** Words in code style within a cell or a line. */
export function codeWords(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
}

/** Targets of links to files of the repository, from its root, and the anchors within them. */
export function fileLinks(path: string, markdown: string): { file: string; anchor: string }[] {
  return [...markdown.matchAll(/\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)/g)].map(
    ([, file = '', anchor = '']) => ({
      file: file === '' ? path : normalize(join(dirname(path), file)),
      anchor,
    }),
  )
}

/** The anchors that a document's headings make. */
export function anchorsOf(markdown: string): string[] {
  return sectionsOf(markdown).map(({ heading }) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}
