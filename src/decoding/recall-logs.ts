import { events } from '../abi/DeviceNFT'
import type { RecallClass, RecallResolution } from '../domain/chain-event'
import { party } from './addresses'
import { type LogReader, logReader } from './log-reader'

const CLASSES: readonly RecallClass[] = ['UNKNOWN', 'I', 'II', 'III']
const RESOLUTIONS: readonly RecallResolution[] = [
  'UNKNOWN',
  'ACKNOWLEDGED',
  'RETURNED',
  'CORRECTED',
  'DESTROYED',
  'NOT_FOUND',
]

/** Recalls, their scope and how each unit was resolved. */
export const RECALL_LOGS: readonly LogReader[] = [
  logReader(events.RecallIssued, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'RECALL_ISSUED',
      recallNo: p.recallId,
      modelNo: p.modelId,
      party: party('issuer', p.issuer),
      detail: {
        class: CLASSES[p.class] ?? 'UNKNOWN',
        reason: storable.prose('reason', p.reason),
        noticeUri: storable.prose('notice URI', p.noticeUri),
        noticeHash: p.noticeHash,
      },
    },
  ]),
  logReader(events.RecallScopeAdded, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'RECALL_SCOPE_ADDED',
      recallNo: p.recallId,
      detail: {
        wholeModel: p.wholeModel,
        lots: p.lots.map((lot) => storable.code('lot', lot)),
        serials: p.serials.map((serial) => storable.code('serial', serial)),
      },
    },
  ]),
  logReader(events.RecallUnitResolved, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'RECALL_UNIT_RESOLVED',
      recallNo: p.recallId,
      tokenId: p.tokenId,
      party: party('by', p.by),
      detail: {
        resolution: RESOLUTIONS[p.resolution] ?? 'UNKNOWN',
        note: storable.prose('note', p.note),
      },
    },
  ]),
  logReader(events.RecallClosed, (p, { at, contract }, storable) => [
    {
      at,
      contract,
      flaws: storable.flaws,
      type: 'RECALL_CLOSED',
      recallNo: p.recallId,
      party: party('by', p.by),
      detail: {},
    },
  ]),
]
