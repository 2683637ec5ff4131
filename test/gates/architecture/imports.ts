import { posix } from 'node:path'
import ts from 'typescript'
import { nodesOf, type SourceFile } from './source-file'

/** One import, export-from, import type, dynamic import or require of a file. */
export interface Import {
  readonly node: ts.Node
  /** As written. */
  readonly specifier: string
  /** Path from the root without extension, for an import of a file of the repository. */
  readonly target: string | undefined
}

/** Everything that a file takes from elsewhere. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = []
  for (const node of nodesOf(file.tree)) {
    const specifier = specifierOf(node)
    if (specifier === undefined) continue
    const target = specifier.startsWith('.')
      ? posix.join(posix.dirname(file.path), specifier)
      : undefined
    found.push({ node, specifier, target })
  }
  return found
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return textOf(node.moduleSpecifier)
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return textOf(node.argument.literal)
  }
  if (ts.isExternalModuleReference(node)) return textOf(node.expression)
  if (ts.isCallExpression(node) && isLoader(node.expression)) return textOf(node.arguments[0])
  return undefined
}

function isLoader(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true
  const text = callee.getText()
  return text === 'require' || text === 'require.resolve'
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined
}

/** The file that an import names, among the given ones: `x` is `x.ts` or `x/index.ts`. */
export function resolveTarget(
  target: string,
  files: ReadonlyMap<string, SourceFile>,
): SourceFile | undefined {
  return (
    files.get(target) ??
    files.get(`${target}.ts`) ??
    files.get(`${target}/index.ts`) ??
    files.get(target.replace(/\.js$/, '.ts'))
  )
}
