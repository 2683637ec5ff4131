import { Command } from 'commander'
import { backfillCommand } from './backfill/command'
import { chainCommand } from './chain/command'
import { headCommand } from './head/command'
import { ledgerCommand } from './ledger/command'
import { queriesCommand } from './queries/command'

/** `npm run bench -- <question>`: one folder beside this file answers each question. */
new Command('bench')
  .description('Measures DeviceTrail; each question has a README with its workload and limits.')
  .addCommand(backfillCommand())
  .addCommand(chainCommand())
  .addCommand(headCommand())
  .addCommand(ledgerCommand())
  .addCommand(queriesCommand())
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
