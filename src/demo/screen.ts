import type { ScriptHighlights } from './story/script'

/** The name that the demo's contract is configured with; device ids begin with it. */
export const CONTRACT_NAME = 'demo'

/** What is running, for the screen. */
export interface RunningDemo {
  readonly home: string
  readonly apiPort: number
  readonly metricsPort: number
  readonly chainUrl: string
  /** Connection string of the database, which the screen shows without its password. */
  readonly databaseUrl: string
  readonly contract: string
  readonly highlights: ScriptHighlights
}

/** A question to try, and what it is about. */
export interface SampleQuery {
  readonly title: string
  /** One line of GraphQL. */
  readonly query: string
}

/** The three questions of the screen. */
export function sampleQueries({
  token,
  model,
  udiDi,
  serial,
  recalledLots,
}: ScriptHighlights): SampleQuery[] {
  const lots = recalledLots.map((lot) => JSON.stringify(lot)).join(', ')
  return [
    {
      title: 'What is indexed, and how many',
      query:
        '{ indexerStatus { height chainHeight finalizedHeight lagSeconds ready anomalies } ' +
        'devices: devicesConnection(orderBy: id_ASC) { totalCount } ' +
        'moves: custodyPeriodsConnection(orderBy: id_ASC) { totalCount } }',
    },
    {
      title: `Who held unit ${serial}, from its maker to today`,
      query:
        `{ custodyChain(deviceId: "${CONTRACT_NAME}-${token}") { ` +
        'device { serial lot disposition model { name } } ' +
        'periods { number since until owner { name kind } } } }',
    },
    {
      title: 'Which units the open recall touches, who has them; is this label genuine',
      query:
        `{ recallLookup(scope: { models: ["${CONTRACT_NAME}-model-${model}"], lots: [${lots}] }) ` +
        '{ inScope cannotTell byDisposition { disposition count } byLot { lot count } ' +
        'consignees { nodes { owner { name } unitsHeld unitsInTransit unitsEverReceived } } } ' +
        `verifyDevice(identifier: "(01)${udiDi}(21)${serial}") ` +
        '{ verdict reasons { code message } } }',
    },
  ]
}

/** A query as a command to paste into a shell. */
export function asCurl(apiPort: number, query: string): string {
  const body = JSON.stringify({ query })
  return `curl -s ${graphqlUrl(apiPort)} -H 'content-type: application/json' -d '${body}'`
}

/** Where the API answers. */
export function graphqlUrl(apiPort: number): string {
  return `http://localhost:${apiPort}/graphql`
}

/** The one screen: what runs, where, and what to try. */
export function welcome(demo: RunningDemo): string {
  const { apiPort, metricsPort } = demo
  const rows = [
    ['GraphQL', graphqlUrl(apiPort)],
    ['Console', `http://localhost:${apiPort}/console`],
    ['Metrics', `http://localhost:${metricsPort}/metrics`],
    ['Chain', `${demo.chainUrl}  contract ${demo.contract}`],
    ['Database', withoutPassword(demo.databaseUrl)],
    ['Data, logs', demo.home],
  ] as const
  const queries = sampleQueries(demo.highlights).map(({ title, query }, index) => {
    return `${index + 1}. ${title}:\n\n${asCurl(apiPort, query)}\n`
  })
  return [
    '',
    'DeviceTrail is running. Ctrl-C stops everything; the next start goes on from here.',
    '',
    ...rows.map(([label, value]) => `  ${label.padEnd(11)} ${value}`),
    '',
    'Three questions to try:',
    '',
    ...queries,
    'From here on something happens every few seconds:',
    '',
  ].join('\n')
}

function withoutPassword(connection: string): string {
  const url = new URL(connection)
  url.password = ''
  return url.href
}
