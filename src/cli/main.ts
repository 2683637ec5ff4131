import { Command } from 'commander'
import { demoCommand } from './demo'
import { indexCommand } from './index-command'
import { migrateCommand } from './migrate'
import { reportAndExit } from './report'
import { serveCommand } from './serve'

const program = new Command('devicetrail')
  .description(
    'Who holds, and who ever held, each device: indexer and GraphQL service for device NFTs.',
  )
  .addHelpText(
    'after',
    `
Everything is configured through the environment; README.md lists the variables with their defaults.
Exit codes: 0 done or stopped, 75 try again later, 78 a person must change something,
1 anything else.`,
  )
  .addCommand(migrateCommand())
  .addCommand(indexCommand())
  .addCommand(serveCommand())
  .addCommand(demoCommand())

program.parseAsync().catch(reportAndExit)
