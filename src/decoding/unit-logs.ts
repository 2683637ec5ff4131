import { events } from '../abi/DeviceNFT'
import { party } from './addresses'
import { type LogReader, logReader } from './log-reader'

/** What happens to one unit beside custody: its identity, lock, metadata, return and end. */
export const UNIT_LOGS: readonly LogReader[] = [
  logReader(events.DeviceMinted, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'MINTED',
      tokenId: p.tokenId,
      modelNo: p.modelId,
      party: party('manufacturer', p.manufacturer),
      detail: {
        serial: storable.optionalCode('serial', p.serial),
        lot: storable.optionalCode('lot', p.lot),
        manufacturedOn: storable.date('date of manufacture', p.manufacturedOn),
        expiresOn: storable.date('expiry date', p.expiresOn),
        metadataUri: storable.prose('metadata URI', p.metadataUri),
        metadataHash: p.metadataHash,
      },
    },
  ]),
  ...(['Locked', 'Unlocked'] as const).map((name) =>
    logReader(events[name], (p, { at, contract }, storable) => [
      {
        at,
        contract,
        flaws: storable.flaws,
        type: name === 'Locked' ? 'LOCKED' : 'UNLOCKED',
        tokenId: p.tokenId,
        detail: {},
      },
    ]),
  ),
  logReader(events.DeviceMetadataSet, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'METADATA_SET',
      tokenId: p.tokenId,
      detail: {
        metadataUri: storable.prose('metadata URI', p.metadataUri),
        metadataHash: p.metadataHash,
      },
    },
  ]),
  logReader(events.MetadataUpdate, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'METADATA_STALE',
      tokenId: p._tokenId,
      detail: {},
    },
  ]),
  logReader(events.BatchMetadataUpdate, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'METADATA_RANGE_STALE',
      detail: { fromTokenId: String(p._fromTokenId), toTokenId: String(p._toTokenId) },
    },
  ]),
  logReader(events.DeviceReturned, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'RETURNED',
      tokenId: p.tokenId,
      party: party('from', p.from),
      counterparty: party('manufacturer', p.manufacturer),
      detail: { reason: storable.prose('reason', p.reason) },
    },
  ]),
  logReader(events.DeviceDecommissioned, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'DECOMMISSIONED',
      tokenId: p.tokenId,
      party: party('holder', p.holder),
      detail: { reason: storable.prose('reason', p.reason) },
    },
  ]),
]
