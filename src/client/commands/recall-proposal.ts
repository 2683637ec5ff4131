import { EXIT } from '../exit-codes'
import { proposalReport } from '../recall/proposal'
import type { ScopeFile } from '../recall/scope-file'
import { type Style, writeReport } from '../report/write-report'
import { type Terminal, tell } from '../terminal'

/**
 * Shows what a notice proposes, and asks nothing.
 *
 * @returns `findings`, always: nobody has looked at it yet
 */
export async function showProposal(
  file: ScopeFile,
  style: Style,
  terminal: Terminal,
): Promise<number> {
  await writeReport(proposalReport(file), style, terminal)
  await tell(
    terminal,
    'PROPOSAL ONLY: nothing was looked up. Write it to a file with --propose > scope.json, check ' +
      'it against the notice, then ask with --scope scope.json.',
  )
  return EXIT.findings
}

/**
 * Writes what a notice proposes as a file for `--scope`, and shows it on the error output.
 *
 * @returns `findings`, always: nobody has looked at it yet
 */
export async function writeProposal(file: ScopeFile, terminal: Terminal): Promise<number> {
  await terminal.out.write(`${JSON.stringify(file, null, 2)}\n`)
  await writeOnErr(file, terminal)
  await tell(terminal, 'Check the file against the notice, then ask with --scope.')
  return EXIT.findings
}

/** Shows on the error output what is about to be looked up unchecked. */
export async function showAccepted(file: ScopeFile, terminal: Terminal): Promise<void> {
  await writeOnErr(file, terminal)
  await tell(terminal, 'ACCEPTED UNCHECKED: this is looked up as it was read.\n')
}

function writeOnErr(file: ScopeFile, { err }: Terminal): Promise<void> {
  const style: Style = { format: 'table', raw: false, bom: false }
  return writeReport(proposalReport(file), style, { out: err, err })
}
