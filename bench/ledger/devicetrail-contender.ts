import { connectDatabase } from '../../src/persistence/connect'
import { Ledger } from '../../src/persistence/ledger'
import { PipelinedLedger } from '../../src/persistence/pipelined-ledger'
import { type Contender, decodeBatch } from './contender'

/** The ledger as `devicetrail index` runs it. */
export const DEVICETRAIL: Contender = {
  name: 'DeviceTrail ledger',
  async open(databaseUrl) {
    const database = await connectDatabase(databaseUrl)
    const nothing = () => undefined
    const ledger = new PipelinedLedger(new Ledger(database), {
      committed: nothing,
      failed: nothing,
      caughtUp: async () => undefined,
    })
    return {
      take: (batch, info) =>
        ledger.transact(info, (writer) =>
          writer.apply(decodeBatch(batch), batch.at(-1)?.timestamp ?? 0),
        ),
      close: () => database.destroy(),
    }
  },
}
