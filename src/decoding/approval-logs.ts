import { events } from '../abi/DeviceNFT'
import type { PartyKind } from '../domain/chain-event'
import { party } from './addresses'
import { type LogReader, logReader } from './log-reader'

const PARTY_KINDS: readonly PartyKind[] = [
  'UNKNOWN',
  'REGULATOR',
  'MANUFACTURER',
  'DISTRIBUTOR',
  'CARRIER',
  'HOSPITAL',
  'RETAILER',
  'OWNER',
  'OTHER',
]

/** The directory of parties, their roles, and the approval of device models. */
export const APPROVAL_LOGS: readonly LogReader[] = [
  logReader(events.PartyUpdated, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'PARTY_UPDATED',
      party: party('party', p.party),
      detail: {
        kind: PARTY_KINDS[p.kind] ?? 'UNKNOWN',
        name: storable.prose('name', p.name),
        gln: storable.code('GLN', p.gln),
      },
    },
  ]),
  logReader(events.PartyRemoved, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'PARTY_REMOVED',
      party: party('party', p.party),
      detail: {},
    },
  ]),
  ...(['RoleGranted', 'RoleRevoked'] as const).map((name) =>
    logReader(events[name], (p, { at, contract }, storable) => [
      {
        at,
        contract,
        flaws: storable.flaws,
        type: name === 'RoleGranted' ? 'ROLE_GRANTED' : 'ROLE_REVOKED',
        party: party('account', p.account),
        counterparty: party('sender', p.sender),
        detail: { role: p.role },
      },
    ]),
  ),
  logReader(events.ModelSubmitted, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'MODEL_SUBMITTED',
      modelNo: p.modelId,
      party: party('manufacturer', p.manufacturer),
      detail: {
        udiDi: storable.code('UDI-DI', p.udiDi),
        name: storable.prose('name', p.name),
        metadataUri: storable.prose('metadata URI', p.metadataUri),
        metadataHash: p.metadataHash,
      },
    },
  ]),
  logReader(events.ModelApproved, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'MODEL_APPROVED',
      modelNo: p.modelId,
      party: party('regulator', p.regulator),
      detail: {},
    },
  ]),
  ...(['ModelRejected', 'ModelApprovalRevoked'] as const).map((name) =>
    logReader(events[name], (p, { at, contract }, storable) => [
      {
        at,
        contract,
        flaws: storable.flaws,
        type: name === 'ModelRejected' ? 'MODEL_REJECTED' : 'MODEL_REVOKED',
        modelNo: p.modelId,
        party: party('regulator', p.regulator),
        detail: { reason: storable.prose('reason', p.reason) },
      },
    ]),
  ),
]
