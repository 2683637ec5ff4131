import { createServer } from 'node:net'
import { DeviceTrailError } from '../domain/errors'

/**
 * Makes sure that the processor will be able to serve its metrics. It starts that server late, and
 * a busy port would end it again and again without a word of what to do.
 *
 * @throws DeviceTrailError METRICS_PORT_BUSY
 */
export function requireFreePort(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (cause: NodeJS.ErrnoException) => {
      const problem = {
        code: 'METRICS_PORT_BUSY',
        remedy: 'human' as const,
        what: `Port ${port}, METRICS_PORT, cannot be listened on (${cause.code}).`,
        todo: 'Stop what uses it, or set METRICS_PORT to another one.',
      }
      reject(new DeviceTrailError(problem, { cause }))
    })
    probe.listen(port, () => probe.close(() => resolve()))
  })
}
