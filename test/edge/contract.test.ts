import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildASTSchema,
  buildClientSchema,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isObjectType,
  parse,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LedgerRows } from '../support/ledger-rows'
import { RunningApi } from './running-api'

const QUESTIONS = [
  'indexerStatus',
  'custodyChain',
  'verifyDevice',
  'recallLookup',
  'lookupDevices',
  'holdings',
  'recallProgress',
  'changes',
  'activity',
  'custodyFlows',
]
const ENTITIES = [
  'Device',
  'DeviceModel',
  'Owner',
  'CustodyPeriod',
  'DeviceEvent',
  'Recall',
  'RecallUnit',
  'Anomaly',
]

/** A connection of nodes, as the remark of the contract on connections describes it. */
function connection(name: string, edge: string, node: string, more = ''): string {
  return `
  type ${edge} { cursor: String! node: ${node}! }
  type ${name} {
    edges: [${edge}!]! nodes: [${node}!]! pageInfo: PageInfo! totalCount: Int! ${more}
  }`
}

/**
 * The contract leaves out what openreader generates, the nodes of connections, and the shape of
 * four answers: here is what we promise of them.
 */
const LEFT_OUT = `
  ${ENTITIES.map((name) => `type ${name} { id: String! }`).join('\n')}
  type PageInfo { hasNextPage: Boolean! endCursor: String! }
  ${connection('ConsigneeConnection', 'ConsigneeEdge', 'Consignee')}
  type RecallTouchedUnit { device: Device! disposition: UnitDisposition! }
  ${connection('RecallUnitConnection', 'RecallTouchedUnitEdge', 'RecallTouchedUnit')}
  type Holding { device: Device! since: DateTime! sinceBlock: Int! }
  ${connection('HoldingConnection', 'HoldingEdge', 'Holding', 'asOf: BlockRef!')}
  enum ChangeKind { MINT MOVE BURN EVENT ANOMALY }
  type Change {
    kind: ChangeKind! blockHeight: Int! logIndex: Int! timestamp: DateTime! txHash: String!
    device: Device event: DeviceEvent period: CustodyPeriod anomaly: Anomaly from: Owner to: Owner
  }
  ${connection('ChangeConnection', 'ChangeEdge', 'Change', 'asOf: BlockRef! undoneAfter: Int')}
  enum LookupOutcome { MATCHED AMBIGUOUS NOT_FOUND INVALID DUPLICATE_ROW }
  type DeviceLookup {
    row: Int! identifier: String! outcome: LookupOutcome! device: Device candidates: [Device!]!
    candidateCount: Int! duplicateOf: Int parsed: ParsedIdentifier!
  }
  enum Interval { HOUR DAY WEEK MONTH }
  type ActivityBucket {
    start: DateTime! end: DateTime! mints: Int! transfers: Int! recalls: Int! recalledUnits: Int!
    decommissions: Int!
  }
  type CustodyFlow {
    from: Owner! to: Owner! moves: Int! devices: Int! meanDwellSeconds: Float!
    medianDwellSeconds: Float! firstAt: DateTime! lastAt: DateTime!
  }
  type RecallProgress {
    asOf: BlockRef! recall: Recall! units: Int! reconciled: Int! unaccounted: Int!
    percentReconciled: Float
  }
`

let ledger: LedgerRows
let api: RunningApi
let contract: GraphQLSchema
let served: GraphQLSchema

beforeAll(async () => {
  ledger = await LedgerRows.open()
  api = await RunningApi.start(ledger.url)
  const text = readFileSync(join(__dirname, '../fixtures/api.graphql'), 'utf8')
  contract = buildASTSchema(parse(text + LEFT_OUT))
  const { body } = await api.ask(getIntrospectionQuery())
  served = buildClientSchema(body.data)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
})

/** `name(argument: Type = default): Type`, arguments in alphabetical order. */
function signature(field: GraphQLField<unknown, unknown>, only?: ReadonlySet<string>): string {
  const given = field.args
    .filter(({ name }) => only?.has(name) ?? true)
    .map(
      ({ name, type, defaultValue }) =>
        `${name}: ${type}${defaultValue === undefined ? '' : ` = ${defaultValue}`}`,
    )
  return `${field.name}(${given.sort().join(', ')}): ${field.type}`
}

const inputs = (fields: Record<string, GraphQLInputField>) =>
  Object.values(fields).map(({ name, type }) => `${name}: ${type}`)

describe('the served schema keeps the contract', () => {
  it.each(QUESTIONS)('%s has its name, arguments and type', (name) => {
    const promised = contract.getQueryType()?.getFields()[name]
    const field = served.getQueryType()?.getFields()[name]
    if (!promised || !field) throw new Error(`${name} is missing`)
    const names = new Set(promised.args.map((argument) => argument.name))
    expect(signature(field, names)).toBe(signature(promised))
    expect(field.description).not.toBe('')
  })

  it('every type that the questions lead to has the promised fields', () => {
    const compared: string[] = []
    for (const promised of Object.values(contract.getTypeMap())) {
      if (promised.name.startsWith('__') || promised.name === 'Query') continue
      const type = served.getType(promised.name)
      if (isObjectType(promised) && isObjectType(type)) {
        for (const field of Object.values(promised.getFields())) {
          const found = type.getFields()[field.name]
          if (!found) throw new Error(`${type.name}.${field.name} is missing`)
          const names = new Set(field.args.map((argument) => argument.name))
          expect(`${type}.${signature(found, names)}`).toBe(`${type}.${signature(field)}`)
        }
      } else if (isInputObjectType(promised) && isInputObjectType(type)) {
        expect(inputs(type.getFields())).toEqual(
          expect.arrayContaining(inputs(promised.getFields())),
        )
      } else if (isEnumType(promised) && isEnumType(type)) {
        const names = promised.getValues().map(({ name }) => name)
        expect(
          type
            .getValues()
            .map(({ name }) => name)
            .sort(),
        ).toEqual(names.sort())
      } else {
        expect(`${promised.name} ${type?.constructor.name}`).toBe(
          `${promised.name} ${promised.constructor.name}`,
        )
      }
      compared.push(promised.name)
    }
    expect(compared).toEqual(
      expect.arrayContaining(['RecallScopeInput', 'Verdict', 'Consignee', 'BlockRef', 'AsOfInput']),
    )
  })

  it('entities keep every generated field beside the questions', () => {
    const device = served.getType('Device')
    if (!isObjectType(device)) throw new Error('Device is no object')
    expect(Object.keys(device.getFields())).toEqual(
      expect.arrayContaining(['model', 'custody', 'events', 'recalls', 'anomalies', 'disposition']),
    )
    expect(device.description).toContain('digital twin')
    expect(served.getQueryType()?.getFields()).toHaveProperty('squidStatus')
    expect(served.getQueryType()?.getFields()).toHaveProperty('devicesConnection')
  })

  it('there is nothing to write or to subscribe to', () => {
    expect(served.getMutationType()).toBeFalsy()
    expect(served.getSubscriptionType()).toBeFalsy()
  })
})
