import { importsOf, resolveTarget } from './imports'
import { type Finding, isGenerated, type SourceFile } from './source-file'

/** Files that nothing imports because something loads them by path. */
const ENTRYPOINTS: Readonly<Record<string, string>> = {
  'src/cli/main.ts': 'the devicetrail command',
  'src/indexer/worker.ts': 'the thread that supervise.ts starts by path',
  'src/model/index.ts': 'entities, loaded by typeorm-config',
  'src/server-extension/resolvers/index.ts': 'resolvers, loaded by graphql-server',
  'src/server-extension/check.ts': 'request check, loaded by graphql-server',
}

/**
 * Source files that no entrypoint leads to. A file that only tests import is dead code with good
 * coverage.
 *
 * @param entrypoints path → who loads it
 */
export function orphans(
  files: readonly SourceFile[],
  entrypoints: Readonly<Record<string, string>> = ENTRYPOINTS,
): Finding[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const reached = new Set<string>()
  const open = Object.keys(entrypoints).filter((path) => byPath.has(path))
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    open.push(...importedBy(path, byPath))
  }
  return files
    .filter(({ path }) => !reached.has(path) && !isGenerated(path))
    .map(({ path }) => `${path}: no entrypoint leads here; import it, delete it, or list it`)
}

function importedBy(path: string, byPath: ReadonlyMap<string, SourceFile>): string[] {
  const file = byPath.get(path)
  if (file === undefined) return []
  return importsOf(file).flatMap(({ target }) => {
    const found = target === undefined ? undefined : resolveTarget(target, byPath)
    return found ? [found.path] : []
  })
}
