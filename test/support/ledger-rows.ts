import { identityKey, textKey, udiDiKey } from '../../src/domain/identity-key'
import { deviceId, modelId, recallId } from '../../src/domain/ids'
import { positionKey } from '../../src/domain/position'
import { CONTRACT, LedgerDatabase, type Place } from './ledger-database'

interface Unit {
  /** Block; the log index counts on within it. */
  at: number
  token: number
  /** Number of the model, or null for a token without an identity. */
  model?: number | null
  serial?: string | null
  lot?: string | null
  manufacturedOn?: string | null
  expiresOn?: string | null
  manufacturer: string
  /** The manufacturer, if absent. */
  to?: string
}

/**
 * Fills the tables with rows as the indexer would write them, in the words of the domain. Rules of
 * the fold that do not matter to a question (counts of a model, sale prices) are left out.
 */
export class LedgerRows extends LedgerDatabase {
  static async open(): Promise<LedgerRows> {
    return new LedgerRows(...(await LedgerRows.migrated()))
  }

  /** A model, approved at `approvedAt` unless that is null. */
  async model(
    no: number,
    udiDi: string | null,
    at: number,
    approvedAt: number | null = at,
  ): Promise<string> {
    const id = modelId(CONTRACT, BigInt(no))
    const place = await this.place(at)
    await this.sql(
      `INSERT INTO device_model
       VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, NULL, NULL, 0, $8, $9, $10)`,
      [
        id,
        CONTRACT,
        no,
        udiDi,
        udiDi && udiDiKey(udiDi),
        `Model ${no}`,
        approvedAt === null ? 'SUBMITTED' : 'APPROVED',
        place.height,
        place.logIndex,
        place.timestamp,
      ],
    )
    if (udiDi !== null) await this.event('MODEL_SUBMITTED', at, { model: id })
    if (approvedAt !== null) await this.event('MODEL_APPROVED', approvedAt, { model: id })
    return id
  }

  async revokeModel(model: string, at: number): Promise<void> {
    await this.sql(`UPDATE device_model SET status = 'REVOKED' WHERE id = $1`, [model])
    await this.event('MODEL_REVOKED', at, { model, detail: { reason: 'lead fracture' } })
  }

  /**
   * A token that came into being, with its first period and, unless `model` is null, its identity.
   */
  async mint(unit: Unit): Promise<string> {
    const id = deviceId(CONTRACT, BigInt(unit.token))
    const place = await this.place(unit.at)
    const model = unit.model == null ? null : modelId(CONTRACT, BigInt(unit.model))
    const { serial = null, lot = null, manufacturedOn = null, expiresOn = null } = unit
    const [stored] = await this.sql<{ udiDi: string | null }>(
      'SELECT udi_di AS "udiDi" FROM device_model WHERE id = $1',
      [model],
    )
    const stated = model !== null
    await this.owner(unit.manufacturer)
    await this.sql(
      `INSERT INTO device (id, contract, token_id, model_id, manufacturer_id, serial, lot,
         manufactured_on, expires_on, identity_key, serial_key, lot_key, identity_block,
         identity_log_index, period_count, locked, block_height, log_index, "timestamp")
       VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,0,false,$15,$16,$17)`,
      [
        id,
        CONTRACT,
        unit.token,
        model,
        stated ? unit.manufacturer : null,
        serial,
        lot,
        manufacturedOn,
        expiresOn,
        stored?.udiDi && serial && identityKey(stored.udiDi, serial),
        serial && textKey(serial),
        lot && textKey(lot),
        stated ? place.height : null,
        stated ? place.logIndex + 1 : null,
        place.height,
        place.logIndex,
        place.timestamp,
      ],
    )
    await this.openPeriod(id, unit.to ?? unit.manufacturer, place, 'MINT')
    if (stated) {
      await this.sql('UPDATE device_model SET devices_minted = devices_minted + 1 WHERE id = $1', [
        model,
      ])
      await this.event('MINTED', unit.at, {
        device: id,
        model,
        party: unit.manufacturer,
        detail: { serial, lot, manufacturedOn, expiresOn },
      })
    }
    return id
  }

  async move(device: string, to: string, at: number): Promise<void> {
    const place = await this.place(at)
    await this.endPeriod(device, place, false)
    await this.openPeriod(device, to, place, 'MOVE')
  }

  /** The move and the sale that it was made for, in one transaction. */
  async sale(device: string, seller: string, buyer: string, at: number): Promise<void> {
    await this.move(device, buyer, at)
    await this.event('SOLD', at, { device, party: seller, counterparty: buyer })
    await this.sql(
      `UPDATE device_event SET tx_hash = (SELECT tx_hash FROM custody_period
         WHERE device_id = $1 AND block_height = $2)
       WHERE device_id = $1 AND block_height = $2`,
      [device, at],
    )
  }

  async burn(device: string, at: number, reason = 'worn out'): Promise<void> {
    await this.event('DECOMMISSIONED', at, { device, detail: { reason } })
    await this.endPeriod(device, await this.place(at), true)
    await this.sql('UPDATE device SET owner_id = NULL, in_transit_to_id = NULL WHERE id = $1', [
      device,
    ])
  }

  async startHandoff(device: string, from: string, to: string, at: number): Promise<void> {
    await this.owner(to)
    await this.event('HANDOFF_STARTED', at, { device, party: from, counterparty: to })
    await this.sql('UPDATE device SET in_transit_to_id = $2 WHERE id = $1', [device, to])
  }

  /** As the reference contract says it: the move first, then the confirmation. */
  async confirmHandoff(device: string, from: string, to: string, at: number): Promise<void> {
    await this.move(device, to, at)
    await this.event('HANDOFF_CONFIRMED', at, { device, party: from, counterparty: to })
    await this.sql('UPDATE device SET in_transit_to_id = NULL WHERE id = $1', [device])
  }

  async cancelHandoff(device: string, from: string, to: string, at: number): Promise<void> {
    await this.event('HANDOFF_CANCELLED', at, {
      device,
      party: from,
      counterparty: to,
      detail: { by: from },
    })
    await this.sql('UPDATE device SET in_transit_to_id = NULL WHERE id = $1', [device])
  }

  async anomaly(
    device: string,
    code: string,
    at: number,
    message = `seen: ${code}`,
  ): Promise<string> {
    const place = await this.place(at)
    const id = `${positionKey(place)}-0`
    await this.sql('INSERT INTO anomaly VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      id,
      code,
      message,
      CONTRACT,
      device,
      place.height,
      place.logIndex,
      place.timestamp,
      place.txHash,
    ])
    return id
  }

  async recall(no: number, model: string, devices: readonly string[], at: number): Promise<string> {
    const id = recallId(CONTRACT, BigInt(no))
    const issued = await this.event(
      'RECALL_ISSUED',
      at,
      { recall: id, model, detail: { class: 'I' } },
      () =>
        `INSERT INTO recall
         VALUES ('${id}', '${CONTRACT}', ${no}, '${model}', NULL, 'I', 'battery', NULL, NULL,
           'OPEN', NULL, NULL, NULL, $1, $2, $3)`,
    )
    for (const device of devices) {
      const unit = `${id}-${device.slice(CONTRACT.length + 1)}`
      await this.sql(
        'INSERT INTO recall_unit VALUES ($1, $2, $3, NULL, NULL, NULL, NULL, NULL, $4, $5, $6)',
        [unit, id, device, issued.height, issued.logIndex, issued.timestamp],
      )
    }
    return id
  }

  async resolve(
    recall: string,
    device: string,
    resolution: string,
    by: string,
    at: number,
  ): Promise<void> {
    await this.owner(by)
    const detail = { resolution, note: '' }
    const place = await this.event('RECALL_UNIT_RESOLVED', at, {
      device,
      recall,
      party: by,
      detail,
    })
    await this.sql(
      `UPDATE recall_unit SET resolution = $3, resolved_by_id = $4, resolved_block = $5,
         resolved_log_index = $6, resolved_at = $7 WHERE recall_id = $1 AND device_id = $2`,
      [recall, device, resolution, by, place.height, place.logIndex, place.timestamp],
    )
  }

  async closeRecall(recall: string, at: number): Promise<void> {
    const place = await this.event('RECALL_CLOSED', at, { recall })
    await this.sql(
      `UPDATE recall SET status = 'CLOSED', closed_block = $2, closed_log_index = $3, closed_at = $4
       WHERE id = $1`,
      [recall, place.height, place.logIndex, place.timestamp],
    )
  }

  private async openPeriod(
    device: string,
    to: string,
    place: Place,
    startedBy: string,
  ): Promise<void> {
    await this.owner(to)
    await this.sql(
      `INSERT INTO custody_period
       SELECT id || '-' || period_count, id, period_count, $2, $3, $4, $5, $6, $7,
         NULL, NULL, NULL, NULL, false
       FROM device WHERE id = $1`,
      [device, to, startedBy, place.height, place.logIndex, place.timestamp, place.txHash],
    )
    await this.sql(
      `UPDATE device SET owner_id = $2, period_count = period_count + 1, in_transit_to_id = NULL
       WHERE id = $1`,
      [device, to],
    )
    await this.sql('UPDATE owner SET devices_held = devices_held + 1 WHERE id = $1', [to])
  }

  private async endPeriod(device: string, place: Place, burn: boolean): Promise<void> {
    await this.sql(
      `UPDATE owner SET devices_held = devices_held - 1
       WHERE id = (SELECT owner_id FROM device WHERE id = $1)`,
      [device],
    )
    await this.sql(
      `UPDATE custody_period SET until_block = $2, until_log_index = $3, until = $4,
         until_tx_hash = $5, ended_by_burn = $6 WHERE device_id = $1 AND until_block IS NULL`,
      [device, place.height, place.logIndex, place.timestamp, place.txHash, burn],
    )
  }
}
