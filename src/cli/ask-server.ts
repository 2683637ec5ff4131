import { type Command, InvalidArgumentError, Option } from 'commander'
import { EXIT, exitCodeOf } from '../client/exit-codes'
import { Output, ReaderGone } from '../client/report/output'
import { FORMATS, type Format, type Style } from '../client/report/write-report'
import { Server } from '../client/server/server'
import { type Terminal, tell } from '../client/terminal'
import { DeviceTrailError } from '../domain/errors'

const DEFAULT_URL = 'http://127.0.0.1:4350/graphql'

/** The options of every command that asks a server. */
export interface ServerOptions {
  url: string
  timeout: number
  format: Format
  raw?: true
  bom?: true
}

const FORMAT_HELP = `
Output: table for people; csv with a heading line, for spreadsheets; json, one document.
In csv a text that a spreadsheet would run or change (=1+1, 09506000134352, MAR-02) gets an
apostrophe in front; to read a cell, take one leading apostrophe away. --raw leaves it out.
What csv has no room for is told on the error output, as are findings, progress and errors.`

const FAILURE_HELP = `\
  64  the command is put wrongly          69  no DeviceTrail server answers at --url
  65  an identifier, id or file is wrong  70  a bug, here or in the server
  75  try again later                     141 the reader of the output has gone
`

/**
 * Adds the options of a command that asks a server, and its exit codes to its help.
 *
 * @param exitCodes lines for the codes that mean an answer
 * @param examples lines to copy
 */
export function asksServer(command: Command, exitCodes: string, examples: string): Command {
  return command
    .addOption(
      new Option('--url <url>', 'GraphQL endpoint of the server')
        .env('DEVICETRAIL_URL')
        .default(DEFAULT_URL)
        .argParser(readUrl),
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long one request may take')
        .default(60)
        .argParser(readSeconds),
    )
    .addOption(new Option('--format <format>', 'output').choices(FORMATS).default('table'))
    .option('--raw', 'csv without apostrophes, for programs')
    .option('--bom', 'csv with a byte order mark, for Excel')
    .exitOverride(exitOnUsage)
    .addHelpText('after', `\nExamples:${examples}${FORMAT_HELP}\n`)
    .addHelpText('after', `Exit codes:${exitCodes}${FAILURE_HELP}`)
}

/** Help that was asked for is no mistake; everything else that commander ends with is one. */
export function exitOnUsage({ exitCode }: { exitCode: number }): never {
  process.exit(exitCode === 0 ? EXIT.ok : EXIT.usage)
}

/** Puts a question and ends the process with the exit code of its answer, or of its failure. */
export async function askServer(
  options: ServerOptions,
  question: (server: Server, style: Style, terminal: Terminal) => Promise<number>,
): Promise<never> {
  const terminal = {
    input: process.stdin,
    out: new Output(process.stdout),
    err: new Output(process.stderr),
    // A line that is written over and over would end up amid the rows.
    isWatched: process.stderr.isTTY === true && process.stdout.isTTY !== true,
  }
  try {
    const server = new Server({ url: options.url, timeoutMs: options.timeout * 1000 })
    const style = {
      format: options.format,
      raw: options.raw === true,
      bom: options.bom === true,
    }
    return process.exit(await question(server, style, terminal))
  } catch (error) {
    return process.exit(await tellFailure(error, terminal))
  }
}

async function tellFailure(error: unknown, terminal: Terminal): Promise<number> {
  if (error instanceof ReaderGone) return EXIT.readerGone
  const isOurs = error instanceof DeviceTrailError
  const bug = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const message = isOurs ? `${error.code}: ${error.message.trim()}` : bug
  await tell(terminal, message).catch(() => undefined)
  return exitCodeOf(error)
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new InvalidArgumentError(`Expected a URL such as ${DEFAULT_URL}.`)
}

function readSeconds(text: string): number {
  const seconds = Number(text)
  if (/^\d+$/.test(text) && seconds >= 1 && seconds <= 3_600) return seconds
  throw new InvalidArgumentError('Expected whole seconds from 1 to 3600.')
}
