import { createRequire } from 'node:module'
import type * as Model from '../../src/model'

/**
 * The entity classes out of the build. typeorm-config loads lib/model by path, and TypeORM knows a
 * row by its class, so the classes of src/model would be strangers to it.
 */
export const entities: typeof Model = createRequire(__filename)('../../lib/model')
