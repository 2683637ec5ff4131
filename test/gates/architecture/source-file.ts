import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import ts from 'typescript'

/** The root of the repository. */
export const ROOT = join(__dirname, '../../..')

/** A file as the rules see it: no rule touches the disk, so that each can be tried on a snippet. */
export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
  /** Present for TypeScript and JavaScript. */
  readonly tree: ts.SourceFile
}

/** One breach of one rule: where, what, and what to do instead. */
export type Finding = string

/** Makes a source file of a text: from the disk, or a snippet in a test of the rules. */
export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
}

const GENERATED = /^src\/(model|abi)\//
const SCRIPT = /\.(ts|mts|cts|js|mjs|cjs)$/

/**
 * Whether a tool writes the file; its shape is the tool's affair, its place in the layers is ours.
 */
export function isGenerated(path: string): boolean {
  return GENERATED.test(path)
}

/** All scripts below some folders of the repository; a folder that does not exist has none. */
export async function readSources(...folders: string[]): Promise<SourceFile[]> {
  const paths = (await Promise.all(folders.map(filesBelow))).flat().filter((p) => SCRIPT.test(p))
  return paths.sort().map((path) => sourceFile(path, readFileSync(join(ROOT, path), 'utf8')))
}

/** Paths of all files below a folder of the repository, from its root. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.includes('node_modules/'))
}

/** Where a node stands, as an editor understands it. */
export function place(file: SourceFile, node: ts.Node): string {
  const { line } = file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree))
  return `${file.path}:${line + 1}`
}

/** Every node of a tree, parents before children; comments are no nodes. */
export function nodesOf(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = []
  const visit = (each: ts.Node) => {
    found.push(each)
    ts.forEachChild(each, visit)
  }
  visit(node)
  return found
}
