/**
 * Works on several items at once and gives the results in the order of the items. No more than
 * `limit` are under way, and none is begun whose turn to be taken is further off than that: memory
 * does not grow with the source.
 */
export async function* inOrder<Item, Result>(
  source: AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = []
  for await (const item of source) {
    const result = work(item)
    // Waited for below, perhaps only after an earlier one has failed; Node ends a process
    // otherwise.
    result.catch(() => undefined)
    underWay.push(result)
    if (underWay.length >= limit) yield await taken(underWay)
  }
  while (underWay.length > 0) yield await taken(underWay)
}

function taken<Result>(queue: Promise<Result>[]): Promise<Result> {
  const first = queue.shift()
  if (first === undefined) throw new Error('nothing is under way')
  return first
}
