import { importsOf } from './imports'
import { type Finding, isGenerated, place, type SourceFile } from './source-file'

/**
 * What each folder of src may import, beside itself. Innermost first; an arrow that points outwards
 * would let a question of the database or of the network decide what the record says.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  config: ['domain'],
  decoding: ['domain', 'abi'],
  projection: ['domain'],
  persistence: ['domain', 'projection', 'model'],
  query: ['domain'],
  ingest: ['domain', 'config'],
  indexer: ['domain', 'config', 'decoding', 'projection', 'persistence', 'ingest'],
  check: ['domain', 'config', 'persistence', 'query', 'ingest'],
  'server-extension': ['domain', 'config', 'query', 'model'],
  edge: ['domain', 'config', 'query', 'server-extension'],
  demo: ['domain', 'config', 'abi', 'persistence'],
  client: ['domain'],
  cli: ['domain', 'config', 'persistence', 'indexer', 'check', 'edge', 'demo', 'client', 'ingest'],
  model: [],
  abi: [],
}

/** The pure layers import no package but these: what comes in, comes as an argument. */
const PACKAGES_OF_PURE_LAYERS: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  decoding: ['@subsquid/evm-abi'],
  projection: [],
}

/** Imports that point outwards, folders without a layer, and packages in pure layers. */
export function importDirection(files: readonly SourceFile[]): Finding[] {
  return files.filter((file) => !isGenerated(file.path)).flatMap(directionOf)
}

function directionOf(file: SourceFile): Finding[] {
  const layer = layerOf(file.path)
  const allowed = MAY_IMPORT[layer]
  if (allowed === undefined) {
    return [`${file.path}: src/${layer} is no layer; put the file in one of ${known()}`]
  }
  return importsOf(file).flatMap(({ node, specifier, target }) => {
    if (target === undefined) return packageFinding(layer, specifier, place(file, node))
    if (!target.startsWith('src/')) {
      return [`${place(file, node)}: source must not import ${specifier} from outside src`]
    }
    const wanted = layerOf(target)
    if (wanted === layer || allowed.includes(wanted)) return []
    const may = allowed.length === 0 ? 'nothing but itself' : allowed.join(', ')
    return [
      `${place(file, node)}: src/${layer} must not import src/${wanted}; it may import ${may}. ` +
        'Pass the value as an argument, or move the code outwards',
    ]
  })
}

function packageFinding(layer: string, specifier: string, where: string): Finding[] {
  const allowed = PACKAGES_OF_PURE_LAYERS[layer]
  if (allowed === undefined || allowed.includes(specifier)) return []
  return [
    `${where}: src/${layer} is pure and must not import ${specifier}; ` +
      'do the I/O in persistence, ingest or query and pass the result in',
  ]
}

/** The folder of src that a path lies in. */
export function layerOf(path: string): string {
  return path.split('/')[1] ?? ''
}

function known(): string {
  return Object.keys(MAY_IMPORT).join(', ')
}
