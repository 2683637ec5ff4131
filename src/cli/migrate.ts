import { Command } from 'commander'
import { readDatabaseConfig } from '../config/environment'

/** `devicetrail migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Bring the database schema up to date. Safe to run at every start.')
    .action(async () => {
      const { databaseUrl } = readDatabaseConfig(process.env)
      // Loaded here, as in the other commands, so that --help and a bad value answer at once.
      const { connectDatabase } = await import('../persistence/connect')
      const { migrate } = await import('../persistence/migrate')
      const database = await connectDatabase(databaseUrl)
      try {
        const names = await migrate(database)
        const done = names.length > 0 ? `ran ${names.join(', ')}` : 'nothing to do'
        process.stdout.write(`migrations: ${done}\n`)
      } finally {
        await database.destroy()
      }
    })
}
