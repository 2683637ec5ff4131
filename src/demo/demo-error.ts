import { DeviceTrailError } from '../domain/errors'

/** Every way in which a local process or the demo can fail. Programs match on the code. */
export type DemoErrorCode =
  | 'DEMO_PLATFORM_UNSUPPORTED'
  | 'DEMO_BINARY_MISSING'
  | 'DEMO_POSTGRES_ACCOUNT'
  | 'DEMO_POSTGRES_DATA'
  | 'DEMO_POSTGRES_START'
  | 'DEMO_CHAIN_START'
  | 'DEMO_CHAIN_STATE'
  | 'DEMO_CHAIN_STEP'
  | 'DEMO_ARTIFACT_MISSING'
  | 'DEMO_ALREADY_RUNNING'
  | 'DEMO_CHILD_DIED'
  | 'DEMO_NO_FREE_PORT'

/** An error of the local processes: all of them need a person, who is told `what` and `todo`. */
export function demoError(
  code: DemoErrorCode,
  what: string,
  todo: string,
  cause?: unknown,
): DeviceTrailError {
  const options = cause === undefined ? undefined : { cause }
  return new DeviceTrailError({ code, remedy: 'human', what, todo }, options)
}
