import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { indexerStatus } from '../../src/query/indexer-status'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

let ledger: LedgerRows
beforeEach(async () => {
  ledger = await LedgerRows.open()
})
afterEach(() => ledger.close())

describe('indexerStatus', () => {
  it('answers before the first block, and is not ready', async () => {
    expect(await indexerStatus(ledger.sql)).toEqual({
      chainHeight: null,
      height: -1,
      finalizedHeight: -1,
      lagSeconds: null,
      ready: false,
      anomalies: 0,
    })
  })

  it('is ready close to the chain', async () => {
    await ledger.head(100, 95)
    await ledger.heartbeat(105)
    expect(await indexerStatus(ledger.sql)).toEqual({
      chainHeight: 105,
      height: 100,
      finalizedHeight: 95,
      lagSeconds: 300,
      ready: true,
      anomalies: 0,
    })
  })

  it('is not ready six blocks and more than a minute behind', async () => {
    await ledger.head(100)
    await ledger.heartbeat(106)
    expect(await indexerStatus(ledger.sql)).toMatchObject({ ready: false, lagSeconds: 360 })
  })

  it('is ready many fast blocks but less than a minute behind', async () => {
    await ledger.head(100)
    await ledger.heartbeat(200)
    await ledger.sql(
      `UPDATE squid_processor.chain_state SET chain_timestamp = head_timestamp + '60 s'`,
    )
    expect(await indexerStatus(ledger.sql)).toMatchObject({ ready: true, lagSeconds: 60 })
  })

  it('takes an indexer without a heartbeat for dead, however close it was', async () => {
    await ledger.head(100)
    await ledger.heartbeat(100, 61)
    expect(await indexerStatus(ledger.sql)).toMatchObject({
      chainHeight: null,
      lagSeconds: null,
      ready: false,
    })
  })

  it('takes a heartbeat of the future for stale: the clock was set back', async () => {
    await ledger.head(100)
    await ledger.heartbeat(100, -3600)
    expect(await indexerStatus(ledger.sql)).toMatchObject({ chainHeight: null, ready: false })
  })

  it('never shows a negative lag when a node falls behind the index', async () => {
    await ledger.head(100)
    await ledger.heartbeat(98)
    expect(await indexerStatus(ledger.sql)).toMatchObject({ lagSeconds: 0, ready: true })
  })

  it('does not invent a lag when a block time is unknown', async () => {
    await ledger.head(100)
    await ledger.heartbeat(100)
    await ledger.sql('UPDATE squid_processor.chain_state SET chain_timestamp = NULL')
    expect(await indexerStatus(ledger.sql)).toMatchObject({ lagSeconds: null, ready: true })
  })

  it('counts anomalies', async () => {
    const device = await ledger.mint({ at: 1, token: 1, manufacturer: party(1) })
    await ledger.anomaly(device, 'UNMINTED_TOKEN', 2)
    expect(await indexerStatus(ledger.sql)).toMatchObject({ anomalies: 1 })
  })
})
