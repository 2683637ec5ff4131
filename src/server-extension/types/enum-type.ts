import { registerEnumType } from 'type-graphql'

/** A GraphQL enum whose values are their own names, described one by one. */
export function enumType<Value extends string>(
  name: string,
  descriptions: Readonly<Record<Value, string>>,
): Readonly<Record<string, string>> {
  const values = Object.fromEntries(Object.keys(descriptions).map((value) => [value, value]))
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(descriptions).map(([value, description]) => [value, { description }]),
  )
  registerEnumType(values, { name, valuesConfig })
  return values
}
