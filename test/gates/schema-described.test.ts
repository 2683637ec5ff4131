import { type DefinitionNode, Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { read } from './deployment/program'

const { definitions } = parse(read('schema.graphql'))

function undescribed(definition: DefinitionNode): string[] {
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
    return definition.description ? [] : [definition.name.value]
  }
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return []
  const { name, description, fields = [] } = definition
  const bare = fields.filter((field) => !field.description).map((field) => field.name.value)
  return [...(description ? [] : [name.value]), ...bare.map((field) => `${name.value}.${field}`)]
}

test('every type and field of the read model is described: the console shows nothing else', () => {
  expect(definitions.length).toBeGreaterThan(10)
  expect(definitions.flatMap(undescribed)).toEqual([])
})
