import { Command, Option } from 'commander'
import { RECALL_VIEWS, type RecallView, recall } from '../client/commands/recall'
import { recallProgress } from '../client/commands/recall-progress'
import { showAccepted, showProposal, writeProposal } from '../client/commands/recall-proposal'
import { propose } from '../client/recall/proposal'
import { checkOneSource, type ScopeFlags, scopeOfFlags } from '../client/recall/read-scopes'
import { readScopeFile, type ScopeFile } from '../client/recall/scope-file'
import type { Style } from '../client/report/write-report'
import { readAsOf } from '../client/server/as-of-text'
import type { Server } from '../client/server/server'
import type { Terminal } from '../client/terminal'
import { callerError } from '../domain/errors'
import { type AsOfOptions, asOfOption } from './as-of-option'
import { askServer, asksServer, type ServerOptions } from './ask-server'
import { readInput } from './input-file'
import { RECALL_EXAMPLES, RECALL_EXIT_CODES, RECALL_HELP } from './recall-help'

interface RecallOptions extends ServerOptions, AsOfOptions, ScopeFlags {
  scope?: string
  notice?: string
  issued?: string
  propose?: true
  accept?: true
  show: RecallView
}

/** `devicetrail recall` */
export function recallCommand(): Command {
  const command = new Command('recall')
    .description('Which units a recall touches, and who has or had them; from values or a notice.')
    .option('--model <model>', 'UDI-DI or model id; may be repeated', each)
    .option('--lot <lot>', 'lot, with * and ?, or a range A100..A199; may be repeated', each)
    .option('--serial <serial>', 'serial, likewise; may be repeated', each)
    .option('--device <deviceId>', 'device id; may be repeated', each)
    .option('--manufactured-from <date>', 'made on this day or later, YYYY-MM-DD')
    .option('--manufactured-to <date>', 'made on this day or earlier')
    .option('--expires-from <date>', 'expires on this day or later')
    .option('--expires-to <date>', 'expires on this day or earlier')
    .option('--scope <file>', 'scopes as JSON, as --propose writes them; - is the standard input')
    .option('--notice <file>', 'text of a recall notice; - is the standard input')
    .option('--propose', 'with --notice: write the proposed scopes as JSON, to check and change')
    .option('--accept', 'with --notice: look up what was read, unchecked')
    .option('--issued <recallId>', 'a recall on record: how it is going')
    .addOption(
      new Option('--show <view>', 'what of the units').choices(RECALL_VIEWS).default('summary'),
    )
    .addOption(asOfOption())
    .addHelpText('after', RECALL_HELP)
    .action((options: RecallOptions) => {
      return askServer(options, (server, style, terminal) => run(options, server, style, terminal))
    })
  return asksServer(command, RECALL_EXIT_CODES, RECALL_EXAMPLES)
}

/** A list as one value of an option would swallow the arguments after it; so one at a time. */
function each(value: string, before: string[] = []): string[] {
  return [...before, value]
}

async function run(
  options: RecallOptions,
  server: Server,
  style: Style,
  terminal: Terminal,
): Promise<number> {
  const asOf = readAsOf(options.asOf)
  const { issued, notice, show: view } = options
  const flags = scopeOfFlags(options)
  const sources = {
    '--model, --lot and so on': flags,
    '--scope': options.scope,
    '--notice': notice,
  }
  checkOneSource({ ...sources, '--issued': issued })
  checkBelongs(
    '--propose and --accept',
    'with --notice',
    notice === undefined && hasDecided(options),
  )
  if (issued !== undefined) {
    const isKnown = view === 'summary' || view === 'units'
    checkBelongs(`--show ${view}`, 'without --issued', !isKnown)
    const shown = view === 'units' ? 'units' : 'summary'
    return recallProgress(server, { recallId: issued, asOf, view: shown }, style, terminal)
  }
  if (notice !== undefined) {
    const file = await propose(server, (await readInput(notice)).text)
    if (options.propose === true) return writeProposal(file, terminal)
    if (options.accept !== true) return showProposal(file, style, terminal)
    await showAccepted(file, terminal)
    return recall(server, { file, asOf, view }, style, terminal)
  }
  const file = flags ?? (await scopeFromFile(options.scope ?? '-'))
  return recall(server, { file, asOf, view }, style, terminal)
}

function hasDecided({ propose, accept }: RecallOptions): boolean {
  return propose === true || accept === true
}

/** An option that would be ignored is a misunderstanding. @throws DeviceTrailError USAGE */
function checkBelongs(option: string, where: string, isLost: boolean): void {
  if (!isLost) return
  throw callerError('USAGE', `Here, ${option} would say nothing.`, `It is used ${where} only.`)
}

async function scopeFromFile(path: string): Promise<ScopeFile> {
  const { name, text } = await readInput(path)
  return readScopeFile(name, text)
}
