import { Command } from 'commander'
import { exitOnUsage } from './ask-server'
import { checkCommand } from './check'
import { demoCommand } from './demo'
import { gatewayCommand } from './gateway'
import { holdingsCommand } from './holdings'
import { indexCommand } from './index-command'
import { lookupCommand } from './lookup'
import { migrateCommand } from './migrate'
import { recallCommand } from './recall'
import { reportAndExit } from './report'
import { serveCommand } from './serve'
import { traceCommand } from './trace'
import { verifyCommand } from './verify'

const program = new Command('devicetrail')
  .description(
    'Who holds, and who ever held, each device: indexer and GraphQL service for device NFTs.',
  )
  .addHelpText(
    'after',
    `
verify, trace, lookup, recall and holdings ask a server over HTTP (--url or DEVICETRAIL_URL);
the help of each has examples and its exit codes.
migrate, index, serve, check, gateway and demo take their configuration from the environment:
see README.md.
Exit codes: 0 done or stopped, 75 try again later, 78 a person must change something,
64 the command is put wrongly, 1 anything else.`,
  )
  .exitOverride(exitOnUsage)
  .addCommand(verifyCommand())
  .addCommand(traceCommand())
  .addCommand(lookupCommand())
  .addCommand(recallCommand())
  .addCommand(holdingsCommand())
  .addCommand(migrateCommand())
  .addCommand(indexCommand())
  .addCommand(serveCommand())
  .addCommand(checkCommand())
  .addCommand(gatewayCommand())
  .addCommand(demoCommand())

program.parseAsync().catch((error: unknown) => reportAndExit(error))
