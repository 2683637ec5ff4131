import { callerError } from '../domain/errors'
import { MODEL_ID } from '../domain/ids'
import { TEXT_LENGTH_MAX } from './arguments'
import type { Sql } from './sql'

/**
 * A question about a model that nobody knows must not be answered with zeros.
 *
 * @throws MODEL_ID_INVALID the id is not of the form `{contract}-model-{number}`
 * @throws MODEL_NOT_FOUND no such model is on record
 */
export async function checkModel(sql: Sql, modelId: string): Promise<void> {
  if (modelId.length > TEXT_LENGTH_MAX || !MODEL_ID.test(modelId)) {
    throw callerError(
      'MODEL_ID_INVALID',
      `modelId is "${modelId.slice(0, 100)}".`,
      'Expected {contract}-model-{number}, such as demo-model-3.',
    )
  }
  const [found] = await sql('SELECT id FROM device_model WHERE id = $1', [modelId])
  if (found !== undefined) return
  throw callerError(
    'MODEL_NOT_FOUND',
    `No model ${modelId} is on record.`,
    'Check the id; deviceModels lists the models with their UDI-DI and name.',
  )
}
