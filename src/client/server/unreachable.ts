import { DeviceTrailError } from '../../domain/errors'
import type { ServerAddress } from './server'

const START_IT =
  'Start the server (devicetrail serve, or npm start for the demo), or say where it is with ' +
  '--url or DEVICETRAIL_URL.'

/** Why a request brought no answer, from the error that `fetch` threw. */
export function unreachable({ url, timeoutMs }: ServerAddress, error: unknown): DeviceTrailError {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  const what = isTimeout
    ? `${url} did not answer within ${timeoutMs / 1000} s.`
    : `${url} cannot be reached (${causeOf(error)}).`
  const todo = isTimeout ? 'Try again later, or allow more with --timeout.' : START_IT
  return new DeviceTrailError(
    { code: 'SERVER_UNREACHABLE', remedy: 'retry', what, todo },
    { cause: error },
  )
}

/** `fetch failed` says nothing; the reason is in the cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof Error) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
    return code || cause.message || error.message
  }
  return error.message
}
