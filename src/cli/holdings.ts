import { Command } from 'commander'
import { holdings } from '../client/commands/holdings'
import { readAsOf } from '../client/server/as-of-text'
import { type AsOfOptions, asOfOption } from './as-of-option'
import { askServer, asksServer, type ServerOptions } from './ask-server'

const EXIT_CODES = `
   0  all holdings, perhaps none
`

const EXAMPLES = `
  devicetrail holdings 0x15d34aaf54267db7d7c367839aaf71a00a2c6a65
  devicetrail holdings 0x15d34aaf54267db7d7c367839aaf71a00a2c6a65 --as-of 2025-04-10T00:00:00Z
`

/** `devicetrail holdings` */
export function holdingsCommand(): Command {
  const command = new Command('holdings')
    .description('Every device that an owner holds, or held at a point.')
    .argument('<ownerId>', 'address of the owner, 0x and 40 digits')
    .addOption(asOfOption())
    .action(run)
  return asksServer(command, EXIT_CODES, EXAMPLES)
}

function run(ownerId: string, options: ServerOptions & AsOfOptions): Promise<never> {
  return askServer(options, async (server, style, terminal) => {
    return holdings(server, { ownerId, asOf: readAsOf(options.asOf) }, style, terminal)
  })
}
