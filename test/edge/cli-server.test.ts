import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { HOLDINGS } from '../../src/client/questions/holdings'
import { Server } from '../../src/client/server/server'
import { LedgerRows } from '../support/ledger-rows'
import { fiveUnits, HOSPITAL } from './five-units'
import { RunningApi } from './running-api'

/** Goal: what a command makes of a server that is away, slow or another one. */

let ledger: LedgerRows
let admin: LedgerRows
let api: RunningApi

beforeAll(async () => {
  ledger = await fiveUnits()
  admin = await LedgerRows.open()
  api = await RunningApi.start(ledger.url)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
  await admin?.close()
})

function server(timeoutMs = 30_000): Server {
  return new Server({ url: `${api.url}/graphql`, timeoutMs })
}

describe('a server', () => {
  it('that is away for a moment is asked again, but not one that never answered', async () => {
    const name = new URL(ledger.url).pathname.slice(1)
    const known = server()
    await known.ask(HOLDINGS, { ownerId: HOSPITAL })
    await ledger.pauseDatabase(admin, name)
    await expect(server().ask(HOLDINGS, { ownerId: HOSPITAL })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      remedy: 'retry',
    })
    const answer = known.ask(HOLDINGS, { ownerId: HOSPITAL })
    await pause(300)
    await ledger.resumeDatabase(admin, name)
    expect((await answer).holdings.nodes).toHaveLength(4)
  })

  it('that takes too long is left, and the time that it had is named', async () => {
    await expect(server(1).ask(HOLDINGS, { ownerId: HOSPITAL })).rejects.toThrow(
      /did not answer within 0.001 s.*--timeout/,
    )
  })

  it('of another version is told from a wrong question', async () => {
    const unknown = { name: 'x', text: '{ futureQuestion }', answer: z.object({}) }
    await expect(server().ask(unknown, {})).rejects.toMatchObject({ code: 'SERVER_DIFFERENT' })
    const otherForm = { ...HOLDINGS, answer: z.object({ holdings: z.number() }) }
    await expect(server().ask(otherForm, { ownerId: HOSPITAL })).rejects.toThrow(
      /another form than expected \(holdings: /,
    )
    await expect(server().ask(HOLDINGS, { ownerId: 'x' })).rejects.toMatchObject({
      code: 'OWNER_ID_INVALID',
      remedy: 'caller',
    })
  })
})
