import { events } from '../abi/DeviceNFT'
import { party } from './addresses'
import { type LogReader, logReader, recorded } from './log-reader'

/** Hand-offs and sales: evidence beside the moves, never a source of ownership. */
export const TRADE_LOGS: readonly LogReader[] = [
  ...(['HandoffStarted', 'HandoffConfirmed'] as const).map((name) =>
    logReader(events[name], (p, context, storable) => [
      {
        ...recorded(context, storable),
        type: name === 'HandoffStarted' ? 'HANDOFF_STARTED' : 'HANDOFF_CONFIRMED',
        tokenId: p.tokenId,
        party: party('from', p.from),
        counterparty: party('to', p.to),
        detail: {},
      },
    ]),
  ),
  logReader(events.HandoffCancelled, (p, context, storable) => [
    {
      ...recorded(context, storable),
      type: 'HANDOFF_CANCELLED',
      tokenId: p.tokenId,
      party: party('from', p.from),
      counterparty: party('to', p.to),
      detail: { by: party('by', p.by) },
    },
  ]),
  logReader(events.SaleListed, (p, context, storable) => [
    {
      ...recorded(context, storable),
      type: 'LISTED',
      tokenId: p.tokenId,
      party: party('seller', p.seller),
      detail: { price: String(p.price) },
    },
  ]),
  logReader(events.SaleDelisted, (p, context, storable) => [
    {
      ...recorded(context, storable),
      type: 'DELISTED',
      tokenId: p.tokenId,
      party: party('seller', p.seller),
      detail: {},
    },
  ]),
  logReader(events.DeviceSold, (p, context, storable) => [
    {
      ...recorded(context, storable),
      type: 'SOLD',
      tokenId: p.tokenId,
      party: party('seller', p.seller),
      counterparty: party('buyer', p.buyer),
      detail: { price: String(p.price), fee: String(p.fee) },
    },
  ]),
  logReader(events.FeeUpdated, (p, context, storable) => [
    {
      ...recorded(context, storable),
      type: 'FEE_SET',
      detail: { basisPoints: p.feeBasisPoints },
    },
  ]),
  logReader(events.TreasuryUpdated, (p, context, storable) => [
    {
      ...recorded(context, storable),
      type: 'TREASURY_SET',
      party: party('treasury', p.treasury),
      detail: {},
    },
  ]),
]
