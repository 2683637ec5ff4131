import ts from 'typescript'
import { type Finding, isGenerated, nodesOf, place, type SourceFile } from './source-file'

const FILE_LINES_MAX = 300
const FUNCTION_LINES_MAX = 70
const COLUMNS_MAX = 100

/** Names that say nothing: whatever lands there has no home in the domain yet. */
const HOMELESS = /^(utils?|helpers?|common|shared|lib)$/i

/** Written so that this file does not match itself. */
const LEFTOVER = /\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b/
const SWITCHED_OFF = /\b(describe|it|test|suite|bench)\.(only|skip|todo)\b/

/** Required by graphql-server and by the processor, which load these by path. */
const INDEX_FILES = ['src/model/index.ts', 'src/server-extension/resolvers/index.ts']

/** Length of files and lines, leftovers, and tests that are switched off. */
export function textShape(files: readonly SourceFile[]): Finding[] {
  return handWritten(files).flatMap(({ path, text }) => {
    const lines = text.replace(/\n$/, '').split('\n')
    const length =
      lines.length > FILE_LINES_MAX
        ? [`${path}: ${lines.length} lines, over ${FILE_LINES_MAX}; split it by subject`]
        : []
    return [...length, ...lines.flatMap((line, index) => lineShape(line, `${path}:${index + 1}`))]
  })
}

function lineShape(line: string, where: string): Finding[] {
  const findings: Finding[] = []
  if (line.length > COLUMNS_MAX) {
    findings.push(`${where}: ${line.length} columns, over ${COLUMNS_MAX}; break the line`)
  }
  const leftover = LEFTOVER.exec(line)?.[0]
  if (leftover) findings.push(`${where}: ${leftover}; do it now, or open an issue`)
  const off = SWITCHED_OFF.exec(line)?.[0]
  if (off) findings.push(`${where}: ${off}; run every test, or delete it`)
  return findings
}

/** Functions that are too long to be seen at once. */
export function functionLength(files: readonly SourceFile[]): Finding[] {
  return handWritten(files).flatMap((file) =>
    nodesOf(file.tree)
      .filter(hasBody)
      .flatMap((node) => {
        const lines = node.getText(file.tree).split('\n').length
        if (lines <= FUNCTION_LINES_MAX) return []
        const limit = `a function of ${lines} lines, over ${FUNCTION_LINES_MAX}`
        return [`${place(file, node)}: ${limit}; take steps out into named functions`]
      }),
  )
}

function hasBody(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined
}

/** Folders and files whose name is no subject. */
export function names(paths: readonly string[]): Finding[] {
  return paths.flatMap((path) => {
    const nothing = path.split('/').find((part) => HOMELESS.test(part.replace(/\..*$/, '')))
    if (nothing === undefined) return []
    return [`${path}: '${nothing}' names no subject; name it after what it is about`]
  })
}

/** Files that only pass on what others export: one name, two places to import it from. */
export function barrels(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => !isGenerated(path) && !INDEX_FILES.includes(path))
    .filter(({ tree }) => tree.statements.some(isReexport) && tree.statements.every(isPassing))
    .map(({ path }) => `${path}: only re-exports; import from the files themselves`)
}

function isReexport(node: ts.Node): boolean {
  return ts.isExportDeclaration(node)
}

function isPassing(node: ts.Node): boolean {
  return ts.isExportDeclaration(node) || ts.isImportDeclaration(node)
}

/** `x as unknown as T`: the compiler is told to believe what nobody checked. */
export function doubleCasts(files: readonly SourceFile[]): Finding[] {
  return handWritten(files).flatMap((file) =>
    nodesOf(file.tree)
      .filter(isDoubleCast)
      .map((node) => {
        return `${place(file, node)}: a cast through unknown; parse the value or write a type guard`
      }),
  )
}

function isDoubleCast(node: ts.Node): boolean {
  return (
    ts.isAsExpression(node) &&
    ts.isAsExpression(node.expression) &&
    node.expression.type.kind === ts.SyntaxKind.UnknownKeyword
  )
}

function handWritten(files: readonly SourceFile[]): SourceFile[] {
  return files.filter(({ path }) => !isGenerated(path))
}
