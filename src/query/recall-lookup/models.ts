import type { Sql } from '../sql'
import type { ScopeValue } from './scope'

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

/** Model ids, as `modelId` makes them; every other value is a UDI-DI. */
const MODEL_ID = /^[a-z][a-z0-9]{0,31}-model-\d+$/

const NAMED = `
  SELECT id, udi_di_key AS "key" FROM device_model WHERE udi_di_key = ANY($1::text[])
  UNION SELECT model.id, given.key
  FROM unnest($2::text[], $1::text[]) AS given(id, key) JOIN device_model AS model USING (id)`

const WITHOUT_UDI_DI = `SELECT id FROM device_model WHERE udi_di_key IS NULL OR udi_di_key = ''`

export async function resolveModels(
  sql: Sql,
  values: readonly ScopeValue[],
): Promise<ResolvedModels> {
  const ids = values.map(({ value }) => value.trim())
  const named = await sql<NamedModel>(NAMED, [values.map(({ key }) => key), ids])
  const onlyIds = ids.every((id) => MODEL_ID.test(id))
  const unknown = onlyIds ? [] : await sql<{ id: string }>(WITHOUT_UDI_DI)
  return { named, withoutUdiDi: unknown.map(({ id }) => id) }
}
