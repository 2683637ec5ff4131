import { type BlockRef, heightKey, type LogRef, positionKey } from '../domain/position'
import type { AnomalyRow, EventRow, Period, PeriodClosed, ScopeRow } from '../projection/facts'
import type { Column, TableSpec } from './bulk'

/** Tables of facts, column by column. */

function position<Row>(at: (row: Row) => LogRef, time = 'timestamp'): Column<Row>[] {
  return [
    { name: 'block_height', type: 'int', value: (row) => at(row).height },
    { name: 'log_index', type: 'int', value: (row) => at(row).logIndex },
    { name: time, type: 'instant', value: (row) => at(row).timestamp },
  ]
}

function end<Row>(of: (row: Row) => { at: LogRef; byBurn: boolean } | null): Column<Row>[] {
  return [
    { name: 'until_block', type: 'int', value: (row) => of(row)?.at.height ?? null },
    { name: 'until_log_index', type: 'int', value: (row) => of(row)?.at.logIndex ?? null },
    { name: 'until', type: 'instant', value: (row) => of(row)?.at.timestamp ?? null },
    { name: 'until_tx_hash', type: 'text', value: (row) => of(row)?.at.txHash ?? null },
    { name: 'ended_by_burn', type: 'bool', value: (row) => of(row)?.byBurn ?? false },
  ]
}

export const PERIODS: TableSpec<Period> = {
  table: 'custody_period',
  columns: [
    { name: 'id', type: 'text', value: (p) => p.id },
    { name: 'device_id', type: 'text', value: (p) => p.deviceId },
    { name: 'number', type: 'int', value: (p) => p.number },
    { name: 'owner_id', type: 'text', value: (p) => p.ownerId },
    { name: 'started_by', type: 'text', value: (p) => p.startedBy },
    ...position<Period>((p) => p.since, 'since'),
    { name: 'tx_hash', type: 'text', value: (p) => p.since.txHash },
    ...end<Period>((p) => p.end),
  ],
}

export const PERIOD_ENDS: TableSpec<PeriodClosed> = {
  table: 'custody_period',
  columns: [{ name: 'id', type: 'text', value: (p) => p.id }, ...end<PeriodClosed>((p) => p)],
}

export const EVENTS: TableSpec<EventRow> = {
  table: 'device_event',
  columns: [
    { name: 'id', type: 'text', value: ({ event }) => positionKey(event.at) },
    { name: 'kind', type: 'text', value: ({ event }) => event.type },
    { name: 'contract', type: 'text', value: ({ event }) => event.contract },
    { name: 'device_id', type: 'text', value: (row) => row.deviceId },
    { name: 'model_id', type: 'text', value: (row) => row.modelId },
    { name: 'recall_id', type: 'text', value: (row) => row.recallId },
    { name: 'party_id', type: 'text', value: ({ event }) => event.party ?? null },
    { name: 'counterparty_id', type: 'text', value: ({ event }) => event.counterparty ?? null },
    { name: 'detail', type: 'json', value: ({ event }) => JSON.stringify(event.detail) },
    ...position<EventRow>(({ event }) => event.at),
    { name: 'tx_hash', type: 'text', value: ({ event }) => event.at.txHash },
  ],
}

export const SCOPES: TableSpec<ScopeRow> = {
  table: 'recall_scope',
  columns: [
    { name: 'id', type: 'text', value: (s) => s.id },
    { name: 'recall_id', type: 'text', value: (s) => s.recallId },
    { name: 'model_id', type: 'text', value: (s) => s.modelId },
    { name: 'kind', type: 'text', value: (s) => s.kind },
    { name: 'value', type: 'text', value: (s) => s.value },
    { name: 'value_key', type: 'text', value: (s) => s.valueKey },
    ...position<ScopeRow>((s) => s.at),
  ],
}

export const ANOMALIES: TableSpec<AnomalyRow> = {
  table: 'anomaly',
  columns: [
    { name: 'id', type: 'text', value: (a) => a.id },
    { name: 'code', type: 'text', value: (a) => a.code },
    { name: 'message', type: 'text', value: (a) => a.message },
    { name: 'contract', type: 'text', value: (a) => a.contract },
    { name: 'device_id', type: 'text', value: (a) => a.deviceId },
    ...position<AnomalyRow>((a) => a.at),
    { name: 'tx_hash', type: 'text', value: (a) => a.at.txHash },
  ],
}

export const BLOCKS: TableSpec<BlockRef> = {
  table: 'block',
  columns: [
    { name: 'id', type: 'text', value: (b) => heightKey(b.height) },
    { name: 'height', type: 'int', value: (b) => b.height },
    { name: 'hash', type: 'text', value: (b) => b.hash },
    { name: 'timestamp', type: 'instant', value: (b) => b.timestamp },
  ],
}
