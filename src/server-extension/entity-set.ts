import type { Context } from '@subsquid/openreader/lib/context'
import { parseObjectTree } from '@subsquid/openreader/lib/dialect/opencrud/tree'
import type { FieldRequest } from '@subsquid/openreader/lib/ir/fields'
import { getListSize } from '@subsquid/openreader/lib/limit.size'
import { getEntity } from '@subsquid/openreader/lib/model.tools'
import { ListQuery } from '@subsquid/openreader/lib/sql/query'
import { getResolveTree } from '@subsquid/openreader/lib/util/resolve-tree'
import type { GraphQLResolveInfo } from 'graphql'
import { openreaderModel } from './openreader-model'

/**
 * An entity as openreader's own field resolvers expect it: scalars by field, relations by alias.
 */
export type EntityRow = Readonly<Record<string, unknown>>

/** No GraphQL alias holds a blank, so the id is found whatever the query calls its fields. */
const ID_ALIAS = 'its id'

/**
 * What a statement counts for against the size limit, so that aliases cannot ask for one a thousand
 * times.
 */
const STATEMENT_NODES = 500

/** Ids of one statement; each is a parameter, of which PostgreSQL takes 65,535. */
const IDS_MAX = 50_000

/**
 * The entities of one kind that one answer refers to. The first row of the answer that is asked for
 * its entity loads those of all rows, with what the query selects of them: one statement for each
 * selection, not one for each row.
 *
 * They must come from openreader's own query: its resolvers take a relation from the alias under
 * which its query put it there, so an entity from anywhere else has relations that are always null.
 */
export class EntitySet {
  /**
   * A selection is the same array of nodes for every row of a list: graphql-js collects it once.
   */
  private readonly loaded = new WeakMap<object, Promise<ReadonlyMap<unknown, EntityRow>>>()

  constructor(
    private readonly entity: string,
    private readonly ids: readonly string[],
  ) {}

  /** The entity with an id; undefined where there is none, or no id. */
  async one(
    id: string | null,
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    if (id === null) return undefined
    return (await this.load(context, info)).get(id)
  }

  /** The entities in the order of the ids. */
  all(context: Context, info: GraphQLResolveInfo): Promise<EntityRow[]> {
    return this.some(this.ids, context, info)
  }

  /** Those of them that one row refers to, in the order of `ids`. */
  async some(
    ids: readonly string[],
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<EntityRow[]> {
    const rows = await this.load(context, info)
    return ids.flatMap((id) => {
      const row = rows.get(id)
      return row === undefined ? [] : [row]
    })
  }

  private load(context: Context, info: GraphQLResolveInfo) {
    const known = this.loaded.get(info.fieldNodes)
    if (known !== undefined) return known
    const loading = this.query(context, info)
    this.loaded.set(info.fieldNodes, loading)
    return loading
  }

  private async query({ openreader }: Context, info: GraphQLResolveInfo) {
    const ids = [...new Set(this.ids)]
    if (ids.length === 0) return new Map<unknown, EntityRow>()
    const model = openreaderModel()
    const fields = parseObjectTree(model, this.entity, info.schema, getResolveTree(info))
    // An entity is in the answer as often as the answer refers to it.
    openreader.responseSizeLimit?.check(
      () => getListSize(model, this.entity, fields, this.ids.length) + STATEMENT_NODES,
    )
    const selected = [...fields, this.idRequest()]
    const found = new Map<unknown, EntityRow>()
    for (let from = 0; from < ids.length; from += IDS_MAX) {
      const where = { op: 'in' as const, field: 'id', values: ids.slice(from, from + IDS_MAX) }
      const query = new ListQuery(model, openreader.dbType, this.entity, selected, { where })
      const rows: EntityRow[] = await openreader.executeQuery(query)
      for (const row of rows) found.set(row[ID_ALIAS], row)
    }
    return found
  }

  private idRequest(): FieldRequest {
    const prop = getEntity(openreaderModel(), this.entity).properties.id
    if (prop?.type.kind !== 'scalar') throw new TypeError(`${this.entity} has no scalar id`)
    return { field: 'id', aliases: [ID_ALIAS], kind: 'scalar', type: prop.type, prop, index: 0 }
  }
}
