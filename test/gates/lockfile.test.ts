import { expect, test } from 'vitest'
import { read } from './deployment/program'

interface LockedPackage {
  version?: string
  optionalDependencies?: Record<string, string>
}

/**
 * npm leaves a platform's package out of the lock file when the registry at hand does not have it,
 * and then `npm ci` refuses the lock file on every platform. Such an entry is to be added by hand:
 * version, os, cpu and optional are enough.
 */
test('the lock file names the packages of every platform, or npm ci would refuse it', () => {
  const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(
    read('package-lock.json'),
  )
  const locked = new Set(Object.keys(packages).map((path) => path.replace(/.*node_modules\//, '')))
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !locked.has(name))
  expect(missing).toEqual([])
})

test('every dependency is pinned to one version', () => {
  const manifest: Record<string, Record<string, string>> = JSON.parse(read('package.json'))
  const ranges = Object.values({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(ranges.filter((range) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toEqual([])
})
