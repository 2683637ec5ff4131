import { execFile } from 'node:child_process'
import { cp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Folders and files that the generators read. */
const INPUTS = ['abi', 'contracts', 'scripts', 'schema.graphql', 'package.json', 'tsconfig.json']

/** Copies what the generators read into a folder and runs them all there; the originals stay. */
export async function regenerate(root: string, copy: string): Promise<void> {
  await Promise.all(
    INPUTS.map((path) => cp(join(root, path), join(copy, path), { recursive: true })),
  )
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  // Made by the compiler: what is committed must not survive. The other ABIs are standards.
  await rm(join(copy, 'abi/DeviceNFT.json'))
  await rm(join(copy, 'abi/DeviceNFT.bytecode.json'))
  await run(process.execPath, ['scripts/codegen.mjs'], { cwd: copy, timeout: 120_000 })
}

/**
 * Content of each file below a folder by its path in it; bytes as latin-1, so that none is lost.
 */
export async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const pairs = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    return [path.slice(folder.length + 1), await readFile(path, 'latin1')] as const
  })
  return Object.fromEntries((await Promise.all(pairs)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Paths whose content differs, or that only one of the two has. */
export function differences(
  committed: Readonly<Record<string, string>>,
  generated: Readonly<Record<string, string>>,
): string[] {
  const paths = new Set([...Object.keys(committed), ...Object.keys(generated)])
  return [...paths].filter((path) => committed[path] !== generated[path]).sort()
}
