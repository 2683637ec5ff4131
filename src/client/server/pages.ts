/** A page of a connection. */
export interface Page<Row> {
  readonly nodes: readonly Row[]
  readonly hasNextPage: boolean
  readonly endCursor: string
}

/** The most that a server gives in one page. */
export const PAGE_SIZE = 1_000

/** The rows of all pages, page by page; a page is asked for when the one before it is taken. */
export async function* allPages<Row>(
  askPage: (after: string | null) => Promise<Page<Row>>,
): AsyncGenerator<readonly Row[]> {
  let after: string | null = null
  for (;;) {
    const page: Page<Row> = await askPage(after)
    if (page.nodes.length > 0) yield page.nodes
    if (!page.hasNextPage) return
    after = page.endCursor
  }
}
