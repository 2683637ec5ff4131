import { IDENTIFIERS_MAX, lookupDevices } from '../../../src/query/lookup-devices'
import type { DeviceLookup } from '../../../src/query/lookup-devices/rows'
import { HEAD } from '../by-hand'
import { type Label, labels } from '../draw'
import { type Question, SQL_BAR, type Trial } from '../question'
import { MANY_LOOKUPS, SINGLE_LOOKUP } from '../report'

/** An identifier, and the key by which SQL written by hand looks it up. */
interface Asked {
  readonly identifier: string
  readonly deviceId: string | null
  readonly identity: string | null
}

// Where one key leads to several units they are all told. Parsing is left to whoever calls.
const BY_HAND = `
  WITH ${HEAD}, asked AS (
    SELECT * FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS given(id, identity, row)
  ), found AS (
    SELECT row, device.id FROM asked JOIN device ON device.id = asked.id
    UNION ALL
    SELECT row, device.id FROM asked JOIN device ON device.identity_key = asked.identity
  )
  SELECT asked.row::int,
    array_agg(found.id ORDER BY found.id) FILTER (WHERE found.id IS NOT NULL) AS ids,
    (SELECT height FROM head) AS height
  FROM asked LEFT JOIN found ON found.row = asked.row GROUP BY asked.row ORDER BY asked.row`

interface FoundRow {
  row: number
  ids: string[] | null
}

const QUERY = `query ($identifiers: [String!]!) {
  lookupDevices(identifiers: $identifiers) { row outcome candidateCount }
}`

function trial(asked: readonly Asked[]): Trial {
  const identifiers = asked.map(({ identifier }) => identifier)
  return {
    async ours(sql) {
      const rows = await lookupDevices(sql, { identifiers })
      return () => rows.map(idsOf)
    },
    async byHand(sql) {
      const columns = [asked.map(({ deviceId }) => deviceId), asked.map(({ identity }) => identity)]
      const rows = await sql<FoundRow>(BY_HAND, columns)
      return () => rows.map(({ ids }) => ids ?? [])
    },
    request: { query: QUERY, variables: { identifiers } },
  }
}

function idsOf({ candidateIds }: DeviceLookup): readonly string[] {
  return [...candidateIds].sort()
}

/** One in ten names nothing on record, two in ten are device ids, the others what is on a label. */
function askedOf({ deviceId, udiDi, serial }: Label, n: number): Asked {
  if (n % 10 === 0) {
    const unknown = `${serial}X`
    return byIdentity(`(01)${udiDi}(21)${unknown}`, udiDi, unknown)
  }
  if (n % 10 <= 2) return { identifier: deviceId, deviceId, identity: null }
  return n % 2 === 0
    ? byIdentity(`${udiDi}|${serial}`, udiDi, serial)
    : byIdentity(`(01)${udiDi}(21)${serial}`, udiDi, serial)
}

function byIdentity(identifier: string, udiDi: string, serial: string): Asked {
  return { identifier, deviceId: null, identity: `${udiDi}|${serial}` }
}

export const LOOKUP_OF_ONE: Question = {
  name: SINGLE_LOOKUP,
  bar: SQL_BAR,
  rounds: 200,
  async prepare(sql, random) {
    const drawn = await labels(sql, random)
    return () => trial([askedOf(random.pick(drawn), random.below(10))])
  },
}

export const LOOKUP_DEVICES: readonly Question[] = [
  LOOKUP_OF_ONE,
  {
    name: MANY_LOOKUPS,
    rounds: 10,
    async prepare(sql, random) {
      // Some units are drawn twice, and are told once only.
      const drawn = await labels(sql, random, 2 * IDENTIFIERS_MAX)
      const asked = drawn.slice(0, IDENTIFIERS_MAX).map(askedOf)
      return () => trial(asked)
    },
  },
]
