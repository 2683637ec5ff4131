import { DeviceTrailError } from '../../../src/domain/errors'
import type { Refusal } from './answer-block'

/** The answer, or the code of the error that the caller is told. Any other error is a bug. */
export async function answerOrCode<Answer>(ask: () => Promise<Answer>): Promise<Answer | Refusal> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof DeviceTrailError && error.remedy === 'caller') return { error: error.code }
    throw error
  }
}
