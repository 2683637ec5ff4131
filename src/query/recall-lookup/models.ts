import { MODEL_ID } from '../../domain/ids'
import type { Sql } from '../sql'
import type { ExactTerm } from './scope-term'

/** What the models of a scope are on record. */
export interface ResolvedModels {
  /** Ids of the models that a value names; a UDI-DI may have been submitted more than once. */
  named: readonly NamedModel[]
  /**
   * Ids of models whose UDI-DI is not on record: a UDI-DI in the scope cannot exclude their units.
   */
  withoutUdiDi: readonly string[]
}

export interface NamedModel {
  id: string
  /** Key of the value that names it. */
  key: string
}

/** The UDI-DI of `model` was submitted by the end of a block: a submission is never restated. */
function submittedBy(height: string): string {
  return `EXISTS (
    SELECT FROM device_event AS event
    WHERE event.model_id = model.id AND event.device_id IS NULL
      AND event.kind = 'MODEL_SUBMITTED' AND event.block_height <= ${height})`
}

const NAMED = `
  SELECT id, udi_di_key AS "key" FROM device_model AS model
  WHERE udi_di_key = ANY($1::text[]) AND ${submittedBy('$3')}
  UNION SELECT model.id, given.key
  FROM unnest($2::text[], $1::text[]) AS given(id, key) JOIN device_model AS model USING (id)
  WHERE model.block_height <= $3`

const WITHOUT_UDI_DI = `
  SELECT id FROM device_model AS model
  WHERE udi_di_key IS NULL OR udi_di_key = '' OR NOT ${submittedBy('$1')}`

export async function resolveModels(
  sql: Sql,
  values: readonly ExactTerm[],
  height: number,
): Promise<ResolvedModels> {
  const ids = values.map(({ value }) => value.trim())
  const named = await sql<NamedModel>(NAMED, [values.map(({ key }) => key), ids, height])
  const onlyIds = ids.every((id) => MODEL_ID.test(id))
  const unknown = onlyIds ? [] : await sql<{ id: string }>(WITHOUT_UDI_DI, [height])
  return { named, withoutUdiDi: unknown.map(({ id }) => id) }
}
