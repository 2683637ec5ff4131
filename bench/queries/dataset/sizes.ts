import { gs1CheckDigit } from '../../../src/domain/identity-key'
import { modelId, recallId } from '../../../src/domain/ids'

/** Name of the followed contract in the data. */
export const CONTRACT = 'demo'
export const MODELS = 200
export const MANUFACTURERS = 20
/** Units of `PROBE_LOT`, whatever the size of the tables: what is asked of it may not grow. */
export const PROBE_UNITS = 200
export const DEVICES_MIN = 10_000

/** Lots that the questions are asked about; every other one is called `L` and six digits. */
export const BIG_LOT = 'BIG-LOT'
export const RECALL_LOT = 'RECALL-LOT'
export const PROBE_LOT = 'PROBE-LOT'

/** Numbers of the models that the questions are asked about; 1 to 200 exist. */
export const BIG_MODEL = 1
export const RECALL_MODEL = 2
export const PROBE_MODEL = MODELS

/** Numbers of the recalls that the questions are asked about; 1 to `RECALLS` exist. */
export const RECALLS = 20
export const BIG_RECALL = 1
export const PROBE_RECALL = 20

/** What grows with the number of devices, and who is who among the numbered owners. */
export interface Sizes {
  readonly devices: number
  readonly bigLot: number
  readonly recallLot: number
  /** Units that the largest owner holds at the head. */
  readonly bigHolding: number
  readonly owners: number
  readonly distributors: number
  /** First of the owners that are distributors; manufacturers come before. */
  readonly firstDistributor: number
  readonly firstHospital: number
  readonly hospitals: number
  /** Who units of `PROBE_LOT` pass through: twenty of them, then the one that holds most now. */
  readonly firstProbeHospital: number
  readonly probeOwner: number
  readonly bigOwner: number
}

/** The sizes that issue 3 names for 1,000,000 devices, in proportion. */
export function sizesOf(devices: number): Sizes {
  const owners = Math.max(400, Math.round(devices / 50))
  const distributors = Math.max(20, Math.round(devices / 5_000))
  const firstDistributor = MANUFACTURERS + 1
  const firstHospital = firstDistributor + distributors
  const firstProbeHospital = owners - 22
  return {
    devices,
    bigLot: Math.round(devices / 10),
    recallLot: Math.round(devices / 100),
    bigHolding: Math.round(devices * 0.3),
    owners,
    distributors,
    firstDistributor,
    firstHospital,
    hospitals: firstProbeHospital - firstHospital,
    firstProbeHospital,
    probeOwner: owners - 1,
    bigOwner: owners,
  }
}

/** UDI-DI of a model: a GTIN-14 with a right check digit. */
export function udiDiOf(modelNo: number): string {
  const digits = `09506${String(modelNo).padStart(8, '0')}`
  return digits + gs1CheckDigit(digits)
}

/** Id of a model by its number. */
export function idOfModel(modelNo: number): string {
  return modelId(CONTRACT, BigInt(modelNo))
}

/** Id of a recall by its number. */
export function idOfRecall(recallNo: number): string {
  return recallId(CONTRACT, BigInt(recallNo))
}
