import { join } from 'node:path'
import type { Model } from '@subsquid/openreader/lib/model'
import { loadModel, resolveGraphqlSchema } from '@subsquid/openreader/lib/tools'

const PROJECT = join(__dirname, '../..')
let model: Model | undefined

/**
 * The entities of schema.graphql, read once, in the form in which openreader makes queries of them.
 */
export function openreaderModel(): Model {
  model ??= loadModel(resolveGraphqlSchema(PROJECT))
  return model
}
