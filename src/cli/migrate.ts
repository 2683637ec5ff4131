import { Command, InvalidArgumentError } from 'commander'
import { readDatabaseConfig } from '../config/environment'

/** `devicetrail migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Bring the database schema up to date. Safe to run at every start.')
    .option(
      '--wait <seconds>',
      'wait no longer for a database that is away or migrated by another process',
      seconds,
      Infinity,
    )
    .action(async ({ wait }: { wait: number }) => {
      const { databaseUrl } = readDatabaseConfig(process.env)
      // Loaded here, as in the other commands, so that --help and a bad value answer at once.
      const { awaitDatabase } = await import('../persistence/connect')
      const { migrate } = await import('../persistence/migrate')
      const say = (line: string) => void process.stderr.write(`${line}\n`)
      const patience = { say, forMs: wait * 1000 }
      const database = await awaitDatabase(databaseUrl, patience)
      try {
        const names = await migrate(database, patience)
        const done = names.length > 0 ? `ran ${names.join(', ')}` : 'nothing to do'
        process.stdout.write(`migrations: ${done}\n`)
      } finally {
        await database.destroy()
      }
    })
}

function seconds(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected whole seconds, such as 60; 0 does not wait at all.')
}
