// Everything that must hold before a change is taken: it compiles, is formatted and linted, and
// all tests pass. Closes with the counts. Arguments go to vitest: `npm test -- test/unit`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const scratch = mkdtempSync(path.join(os.tmpdir(), 'devicetrail-test-'))
const report = path.join(scratch, 'report.json')

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [path.join(project, script), ...args], {
    cwd: project,
    stdio: 'inherit',
  })
  return status === 0
}

function counts() {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

const ready =
  run('scripts/build.mjs') &&
  run('node_modules/@biomejs/biome/bin/biome', 'ci', '.') &&
  run('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.test.json')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const wanted = process.argv.slice(2)
const passed = ready && run('node_modules/vitest/vitest.mjs', 'run', ...reporters, ...wanted)
const { passed: good, failed, skipped } = counts()
rmSync(scratch, { recursive: true, force: true })
// A run that found no test, or that failed beside the tests, is no success.
const ok = passed && good > 0
const failures = failed === 0 && !ok ? 1 : failed
console.log(`${good} passed, ${failures} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exit(ok ? 0 : 1)
