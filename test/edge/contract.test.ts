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

const QUESTIONS = ['indexerStatus', 'custodyChain', 'verifyDevice', 'recallLookup']
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

/**
 * The contract leaves out what openreader generates and what follows from its remark on
 * connections.
 */
const LEFT_OUT = `
  ${ENTITIES.map((name) => `type ${name} { id: String! }`).join('\n')}
  type HoldingConnection { totalCount: Int! }
  type RecallProgress { asOf: BlockRef! }
  type ChangeConnection { totalCount: Int! }
  type DeviceLookup { id: ID }
  type ActivityBucket { id: ID }
  type CustodyFlow { id: ID }
  enum Interval { DAY }
  type PageInfo { hasNextPage: Boolean! endCursor: String! }
  type ConsigneeEdge { cursor: String! node: Consignee! }
  type ConsigneeConnection {
    edges: [ConsigneeEdge!]! nodes: [Consignee!]! pageInfo: PageInfo! totalCount: Int!
  }
  type RecallTouchedUnit { device: Device! }
  type RecallTouchedUnitEdge { cursor: String! node: RecallTouchedUnit! }
  type RecallUnitConnection {
    edges: [RecallTouchedUnitEdge!]! nodes: [RecallTouchedUnit!]!
    pageInfo: PageInfo! totalCount: Int!
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
    expect(signature(field)).toBe(signature(promised))
    expect(field.description).not.toBe('')
  })

  it('every type that the questions lead to has the promised fields', () => {
    const later = new Set([
      'Query',
      'HoldingConnection',
      'RecallProgress',
      'ChangeConnection',
      'DeviceLookup',
      'ActivityBucket',
      'CustodyFlow',
      'Interval',
    ])
    const compared: string[] = []
    for (const promised of Object.values(contract.getTypeMap())) {
      if (promised.name.startsWith('__') || later.has(promised.name)) continue
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
