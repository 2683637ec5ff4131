import { LOTS, MODELS } from './catalogue'
import { calls } from './contract-calls'
import { PARTIES, PARTY_KEYS } from './parties'
import type { ScriptWriter } from './script-writer'

/** January to March 2025: the directory, the approvals, and 300 units minted by their makers. */
export function writeOpening(writer: ScriptWriter): void {
  openDirectory(writer)
  approveModels(writer)
  mintLots(writer)
}

function openDirectory(writer: ScriptWriter): void {
  writer.at('2025-01-06T09:00:00Z').add(...PARTY_KEYS.map((key) => calls.setParty(key)))
  writer.at('2025-01-06T09:05:00Z').add(calls.grantRole('REGULATOR_ROLE', 'regulator'))
  for (const key of PARTY_KEYS) {
    if (PARTIES[key].kind === 'manufacturer') writer.add(calls.grantRole('MANUFACTURER_ROLE', key))
  }
}

function approveModels(writer: ScriptWriter): void {
  writer.at('2025-01-07T10:00:00Z').add(...MODELS.map((model) => calls.submitModel(model)))
  writer.at('2025-01-10T15:30:00Z')
  for (const [index, { rejectedBecause }] of MODELS.entries()) {
    const modelId = BigInt(index + 1)
    if (rejectedBecause === undefined) writer.add(calls.approveModel(modelId))
    else writer.add(calls.rejectModel(modelId, rejectedBecause))
  }
}

function mintLots(writer: ScriptWriter): void {
  for (const [index, lot] of LOTS.entries()) {
    const maker = MODELS[lot.model - 1]?.manufacturer
    if (maker === undefined)
      throw new RangeError(`lot ${lot.lot} names model ${lot.model}, unknown`)
    writer.at(`2025-03-${10 + index}T07:45:00Z`).add(calls.mintBatch(maker, lot))
    writer.minted(lot.serials.length, maker)
  }
}
