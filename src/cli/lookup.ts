import { Command } from 'commander'
import { lookup } from '../client/commands/lookup'
import { tell } from '../client/terminal'
import { askServer, asksServer, type ServerOptions } from './ask-server'
import { openInput } from './input-file'

const EXIT_CODES = `
   0  every row matched one device          1 some rows did not
  65  the list cannot be read, or has no rows
`

const EXAMPLES = `
  devicetrail lookup stock.csv --column UDI --format csv > answers.csv
  devicetrail lookup stock.csv --column 3 --heading
  cut -f2 scans.tsv | devicetrail lookup --lines --format json -
`

const HELP = `
Each row is answered: MATCHED, AMBIGUOUS, NOT_FOUND, INVALID, DUPLICATE_ROW (names what an earlier
row names) or BLANK; the totals add up to the rows read. Any length, in bounded memory.
A list is UTF-8 (or UTF-16 with a mark), separated by commas, semicolons or tabs, with quotes.
Without --column the list has one column, or one that is called identifier.
`

/** `devicetrail lookup` */
export function lookupCommand(): Command {
  const command = new Command('lookup')
    .description('Look up a list of identifiers, from CSV or plain lines; one answer for each row.')
    .argument('[file]', 'the list; - is the standard input', '-')
    .option('--column <column>', 'where the identifiers are: heading, or number from 1')
    .option('--heading', 'the first line is a heading')
    .option('--no-heading', 'the first line is a row')
    .option('--lines', 'each line is one identifier, with its commas and quotes')
    .option('--progress', 'tell how far it is, also when nobody watches')
    .addHelpText('after', HELP)
    .action(run)
  return asksServer(command, EXIT_CODES, EXAMPLES)
}

interface LookupOptions extends ServerOptions {
  column?: string
  heading?: boolean
  lines?: true
  progress?: true
}

function run(path: string, options: LookupOptions): Promise<never> {
  const { column, heading, lines, progress } = options
  return askServer(options, async (server, style, terminal) => {
    const { bytes, size } = openInput(path)
    if (path === '-' && process.stdin.isTTY) {
      await tell(terminal, 'One identifier on each line; Ctrl-D ends the list.')
    }
    const form = {
      ...(column === undefined ? {} : { column }),
      ...(heading === undefined ? {} : { hasHeading: heading }),
      wholeLines: lines === true,
    }
    const showProgress = progress === true || terminal.isWatched
    return lookup(server, { bytes, totalBytes: size, form, showProgress }, style, terminal)
  })
}
