import { Field, ObjectType } from 'type-graphql'

/**
 * Names for the entities that openreader generates from schema.graphql. graphql-server merges types
 * by name, so these get all fields, filters and resolvers of the generated ones; one field each is
 * what type-graphql asks for. Their values are rows of an EntitySet.
 */
@ObjectType('Device')
export class Device {
  @Field(() => String)
  id!: string
}

@ObjectType('Owner')
export class Owner {
  @Field(() => String)
  id!: string
}

@ObjectType('CustodyPeriod')
export class CustodyPeriod {
  @Field(() => String)
  id!: string
}

@ObjectType('Anomaly')
export class Anomaly {
  @Field(() => String)
  id!: string
}

@ObjectType('Recall')
export class Recall {
  @Field(() => String)
  id!: string
}

@ObjectType('DeviceEvent')
export class DeviceEvent {
  @Field(() => String)
  id!: string
}
