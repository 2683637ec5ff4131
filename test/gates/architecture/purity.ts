import ts from 'typescript'
import { layerOf } from './layers'
import { type Finding, isGenerated, nodesOf, place, type SourceFile } from './source-file'

const PURE_LAYERS: readonly string[] = ['domain', 'decoding', 'projection']

const BLOCK_TIME = 'block time is the only time; take it from the LogRef'
const FROM_POSITION = 'the fold is deterministic; derive ids from the position (domain/ids)'
const NO_WAITING = 'the fold does not wait; schedule in the indexer'

/** What a fold must not know, and where its value comes from instead. */
const IMPURE_NAMES: ReadonlyMap<string, string> = new Map([
  ['Date.now', BLOCK_TIME],
  ['performance', BLOCK_TIME],
  ['Math.random', FROM_POSITION],
  ['crypto', FROM_POSITION],
  ['randomUUID', FROM_POSITION],
  ['console', 'return an anomaly, or let the indexer log'],
  ['fetch', 'do the I/O outside and pass the result in'],
  ['setTimeout', NO_WAITING],
  ['setInterval', NO_WAITING],
  ['globalThis', 'pass what is needed as an argument'],
  ['process', 'take the value from the configuration, as an argument'],
])

/**
 * Who reads the environment: the entrypoints; the demo, which hands it to its child processes; and
 * the one file that sets what graphql-server reads from it.
 */
const MAY_READ_ENVIRONMENT: readonly RegExp[] = [
  /^src\/cli\//,
  /^src\/demo\//,
  /^src\/edge\/graphql-server\.ts$/,
]

/** Clock, randomness, console, timers and process in the pure layers. */
export function purity(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => PURE_LAYERS.includes(layerOf(path)))
    .flatMap((file) => nodesOf(file.tree).flatMap((node) => impurityOf(file, node)))
}

function impurityOf(file: SourceFile, node: ts.Node): Finding[] {
  if (isClockReading(node)) {
    return [`${place(file, node)}: the present moment; ${BLOCK_TIME}`]
  }
  const name = usedName(node)
  const instead = name === undefined ? undefined : IMPURE_NAMES.get(name)
  if (instead === undefined) return []
  return [`${place(file, node)}: ${name} in a pure layer; ${instead}`]
}

/** `new Date()` or `Date()`: an instant made from text or number is a value, not a clock. */
function isClockReading(node: ts.Node): boolean {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date')) {
    return (node.arguments?.length ?? 0) === 0
  }
  return ts.isCallExpression(node) && isNamed(node.expression, 'Date')
}

/**
 * `a.b` for a property of a global, `a` for a global itself; nothing for a mere key or member of
 * that name.
 */
function usedName(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return `${node.expression.getText()}.${node.name.text}`
  if (!ts.isIdentifier(node)) return undefined
  const parent = node.parent
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return undefined
  const isKey =
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isMethodSignature(parent)) &&
    parent.name === node
  return isKey ? undefined : node.text
}

function isNamed(node: ts.Expression, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}

/**
 * The demo, which plays its story in the present and shows the time of day; and the reader of
 * `Retry-After`, which servers may give as a time of day.
 */
const MAY_READ_WALL_CLOCK: readonly RegExp[] = [
  /^src\/ingest\/node-guard\/http-transport\.ts$/,
  /^src\/demo\/chain\/live-activity\.ts$/,
  /^src\/demo\/run-demo\.ts$/,
]

/**
 * Readings of the clock that people set. It jumps, and a deadline, a pause or an age that is taken
 * from it jumps along.
 */
export function wallClock(files: readonly SourceFile[]): Finding[] {
  const isClock = (node: ts.Node) => isClockReading(node) || usedName(node) === 'Date.now'
  return files
    .filter(({ path }) => !isGenerated(path) && !MAY_READ_WALL_CLOCK.some((may) => may.test(path)))
    .flatMap((file) =>
      nodesOf(file.tree)
        .filter(isClock)
        .map((node) => {
          const instead = 'measure with performance.now(), and date with block time'
          return `${place(file, node)}: the wall clock is read here, and it jumps; ${instead}`
        }),
    )
}

/** Readings of the environment outside the files that may. */
export function environment(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => !isGenerated(path) && !MAY_READ_ENVIRONMENT.some((may) => may.test(path)))
    .flatMap((file) =>
      nodesOf(file.tree)
        .filter(isEnvironment)
        .map((node) => {
          const instead = 'let src/cli read it through src/config and pass the value'
          return `${place(file, node)}: the environment is read here; ${instead}`
        }),
    )
}

function isEnvironment(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) {
    return /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText())
  }
  if (ts.isPropertyAccessExpression(node)) return node.getText() === 'process.env'
  if (ts.isElementAccessExpression(node)) return node.expression.getText() === 'process'
  if (!ts.isVariableDeclaration(node) || !ts.isObjectBindingPattern(node.name)) return false
  return node.initializer?.getText() === 'process'
}
