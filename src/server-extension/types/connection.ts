import { type ClassType, Field, Int, ObjectType } from 'type-graphql'
import type { Page } from '../../query/page'

/** Merged with openreader's type of this name, so it has the same four fields. */
@ObjectType('PageInfo')
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean

  @Field(() => Boolean)
  hasPreviousPage!: boolean

  @Field(() => String)
  startCursor!: string

  @Field(() => String)
  endCursor!: string
}

/** What a connection type is made of. */
export interface Connection<Node> {
  edges: { cursor: string; node: Node }[]
  nodes: Node[]
  pageInfo: PageInfo
  totalCount: Promise<number>
}

/**
 * Makes the two types of a connection. The edge is named apart, for openreader has edges of its
 * own.
 */
export function connectionType<Node extends object>(
  names: { connection: string; edge: string },
  node: ClassType<Node>,
): ClassType<Connection<Node>> {
  @ObjectType(names.edge)
  class EdgeType {
    @Field(() => String, { description: 'Opaque; stays valid while blocks arrive.' })
    cursor!: string

    @Field(() => node)
    node!: Node
  }

  @ObjectType(names.connection)
  class ConnectionType implements Connection<Node> {
    @Field(() => [EdgeType])
    edges!: EdgeType[]

    @Field(() => [node])
    nodes!: Node[]

    @Field(() => PageInfo)
    pageInfo!: PageInfo

    @Field(() => Int, { description: 'Rows of all pages.' })
    totalCount!: Promise<number>
  }
  return ConnectionType
}

/**
 * A page as a connection; cursors of an empty page are empty, as in openreader.
 *
 * @param count is put only where the count is selected: to spread the connection would put it too,
 *   so further fields are assigned to it
 */
export function toConnection<Row, Node>(
  page: Page<Row>,
  nodeOf: (row: Row) => Node,
  count: () => Promise<number>,
): Connection<Node> {
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: nodeOf(node) }))
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? '',
      endCursor: edges.at(-1)?.cursor ?? '',
    },
    get totalCount() {
      return count()
    },
  }
}
