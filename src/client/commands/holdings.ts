import { asOfFacts } from '../columns/answer-facts'
import { deviceColumns } from '../columns/entity-columns'
import { EXIT } from '../exit-codes'
import { HOLDINGS, type Holding } from '../questions/holdings'
import { number, type Report, sheet, time } from '../report/report'
import { type Style, writeReport } from '../report/write-report'
import { allPages, PAGE_SIZE } from '../server/pages'
import { type AsOf, PinnedBlock } from '../server/pinned-block'
import type { Server } from '../server/server'
import type { Terminal } from '../terminal'

/** What an owner held at a point: all pages, all at one block. */
export async function holdings(
  server: Server,
  { ownerId, asOf }: { ownerId: string; asOf: AsOf },
  style: Style,
  terminal: Terminal,
): Promise<number> {
  const pinned = await PinnedBlock.at(asOf, async () => {
    return (await server.ask(HOLDINGS, { ownerId, first: 1 })).holdings.asOf
  })
  let devices = 0
  const pages = allPages(async (after) => {
    const variables = { ownerId, asOf: pinned.asOf, first: PAGE_SIZE, after }
    const { holdings: page } = await server.ask(HOLDINGS, variables)
    pinned.check(page.asOf)
    devices += page.nodes.length
    return { nodes: page.nodes, ...page.pageInfo }
  })
  const columns = [
    ...deviceColumns<Holding>(({ device }) => device),
    time<Holding>('since', ({ since }) => since),
    number<Holding>('sinceBlock', ({ sinceBlock }) => sinceBlock),
  ]
  const totals = () => ({ holder: ownerId, devices, ...asOfFacts(pinned.block) })
  const report: Report = {
    parts: [sheet('holdings', columns, pages), { name: 'totals', facts: totals }],
    main: 'holdings',
  }
  await writeReport(report, style, terminal)
  return EXIT.ok
}
