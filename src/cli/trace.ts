import { Command } from 'commander'
import { trace } from '../client/commands/trace'
import { readAsOf } from '../client/server/as-of-text'
import { type AsOfOptions, asOfOption } from './as-of-option'
import { askServer, asksServer, type ServerOptions } from './ask-server'

const EXIT_CODES = `
   0  the chain of custody                  1 the same, and the record has anomalies
  15  several devices answer              16 none does
  17  cannot be read as an identifier
`

const EXAMPLES = `
  devicetrail trace demo-26
  devicetrail trace "(01)09520000001018(21)PDR250026" --format csv > custody.csv
  devicetrail trace demo-26 --as-of 2025-04-10T00:00:00Z
`

/** `devicetrail trace` */
export function traceCommand(): Command {
  const command = new Command('trace')
    .description('Who held a unit, in order, from its maker to today, and for how long.')
    .argument('<identifier>', 'UDI, Digital Link, serial, device id, contract/token…')
    .addOption(asOfOption())
    .action(run)
  return asksServer(command, EXIT_CODES, EXAMPLES)
}

function run(identifier: string, options: ServerOptions & AsOfOptions): Promise<never> {
  return askServer(options, async (server, style, terminal) => {
    return trace(server, { identifier, asOf: readAsOf(options.asOf) }, style, terminal)
  })
}
