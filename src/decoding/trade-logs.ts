import { events } from '../abi/DeviceNFT'
import { party } from './addresses'
import { type LogReader, logReader } from './log-reader'

/** Hand-offs and sales: evidence beside the moves, never a source of ownership. */
export const TRADE_LOGS: readonly LogReader[] = [
  ...(['HandoffStarted', 'HandoffConfirmed'] as const).map((name) =>
    logReader(events[name], (p, { at, contract }, storable) => [
      {
        at,
        contract,
        flaws: storable.flaws,
        type: name === 'HandoffStarted' ? 'HANDOFF_STARTED' : 'HANDOFF_CONFIRMED',
        tokenId: p.tokenId,
        party: party('from', p.from),
        counterparty: party('to', p.to),
        detail: {},
      },
    ]),
  ),
  logReader(events.HandoffCancelled, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'HANDOFF_CANCELLED',
      tokenId: p.tokenId,
      party: party('from', p.from),
      counterparty: party('to', p.to),
      detail: { by: party('by', p.by) },
    },
  ]),
  logReader(events.SaleListed, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'LISTED',
      tokenId: p.tokenId,
      party: party('seller', p.seller),
      detail: { price: String(p.price) },
    },
  ]),
  logReader(events.SaleDelisted, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'DELISTED',
      tokenId: p.tokenId,
      party: party('seller', p.seller),
      detail: {},
    },
  ]),
  logReader(events.DeviceSold, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'SOLD',
      tokenId: p.tokenId,
      party: party('seller', p.seller),
      counterparty: party('buyer', p.buyer),
      detail: { price: String(p.price), fee: String(p.fee) },
    },
  ]),
  logReader(events.FeeUpdated, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'FEE_SET',
      detail: { basisPoints: p.feeBasisPoints },
    },
  ]),
  logReader(events.TreasuryUpdated, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'TREASURY_SET',
      party: party('treasury', p.treasury),
      detail: {},
    },
  ]),
]
