import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { VARIABLES } from '../../../src/config/variables'
import { nodesOf, ROOT, readSources } from '../architecture/source-file'

/** A file of the repository as text. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Whether the repository has a file or folder. */
export function exists(path: string): boolean {
  return existsSync(join(ROOT, path))
}

const DECLARED: readonly { name: string; fallback?: string }[] = Object.values(VARIABLES)

/** Environment variables that the program knows. */
export const KNOWN_VARIABLES: readonly string[] = [
  ...DECLARED.map(({ name }) => name),
  'DB_URL',
  'DB_HOST',
  'DB_PORT',
  'DB_NAME',
  'DB_USER',
  'DB_PASS',
]

/** What a variable is when the environment does not set it; undefined where it must be set. */
export function defaultOf(variable: string): string | undefined {
  return DECLARED.find(({ name }) => name === variable)?.fallback
}

/** Subcommands of the `devicetrail` command, as its source declares them. */
export async function subcommands(): Promise<string[]> {
  const files = await readSources('src/cli')
  return files.flatMap(({ tree }) => nodesOf(tree).flatMap(declaredCommand))
}

/** `new Command('name')`; the program itself is one too, and no deployment file can mean it. */
function declaredCommand(node: ts.Node): string[] {
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'Command') return []
  const [name] = node.arguments ?? []
  return name && ts.isStringLiteral(name) && name.text !== 'devicetrail' ? [name.text] : []
}

/** Scripts of package.json. */
export function scripts(): Readonly<Record<string, string>> {
  const manifest: { scripts?: Record<string, string> } = JSON.parse(read('package.json'))
  return manifest.scripts ?? {}
}

/**
 * Why a command line of a deployment file cannot run, or undefined. Known: our own command, our npm
 * scripts.
 */
export async function commandProblem(line: readonly string[]): Promise<string | undefined> {
  const text = line.join(' ')
  const [program, first, second] = line
  if (program === 'npm' && first === 'run') {
    return second && second in scripts() ? undefined : `${text}: package.json has no such script`
  }
  if (program !== 'node' || first !== 'lib/cli/main.js') return `${text}: not a command of ours`
  if (!exists('src/cli/main.ts')) return `${text}: src/cli/main.ts does not exist`
  const known = await subcommands()
  return known.includes(second ?? '') ? undefined : `${text}: known are ${known.join(', ')}`
}
