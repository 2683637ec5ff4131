import { custodyFlows } from '../../../src/query/custody-flows'
import { idOfModel, PROBE_MODEL } from '../dataset/sizes'
import { type Question, SQL_BAR, type Trial } from '../question'

const PAIRS = 50

const BY_HAND = `
  SELECT giver.owner_id AS "fromId", taken.owner_id AS "toId", count(*)::int AS moves,
    count(DISTINCT taken.device_id)::int AS devices,
    avg(extract(epoch FROM taken.since - giver.since)::float8) AS "meanDwellSeconds",
    percentile_cont(0.5) WITHIN GROUP (
      ORDER BY extract(epoch FROM taken.since - giver.since)::float8) AS "medianDwellSeconds",
    min(taken.since) AS "firstAt", max(taken.since) AS "lastAt"
  FROM device
  JOIN custody_period AS taken ON taken.device_id = device.id AND taken.started_by = 'MOVE'
  JOIN custody_period AS giver
    ON giver.device_id = device.id AND giver.number = taken.number - 1 AND NOT giver.ended_by_burn
  WHERE device.model_id = $1
  GROUP BY giver.owner_id, taken.owner_id
  ORDER BY moves DESC, giver.owner_id COLLATE "C", taken.owner_id COLLATE "C" LIMIT ${PAIRS}`

const QUERY = `query ($modelId: ID!) {
  custodyFlows(modelId: $modelId, first: ${PAIRS}) {
    from { id } to { id } moves devices meanDwellSeconds medianDwellSeconds firstAt lastAt
  }
}`

/** Models between the large ones and those that the questions of recalls are about. */
const FIRST_MODEL = 20
const SOME_MODELS = 150

function trial(modelId: string): Trial {
  return {
    async ours(sql) {
      const flows = await custodyFlows(sql, { modelId, first: PAIRS })
      return () => flows
    },
    async byHand(sql) {
      const rows = await sql<object>(BY_HAND, [modelId])
      return () => rows
    },
    request: { query: QUERY, variables: { modelId } },
  }
}

export const CUSTODY_FLOWS: Question = {
  name: 'custodyFlows of a model',
  bar: SQL_BAR,
  rounds: 15,
  prepare: async (_, random) => () => trial(idOfModel(FIRST_MODEL + random.below(SOME_MODELS))),
}

export const CUSTODY_FLOWS_OF_SMALL: Question = {
  name: 'custodyFlows of a small model',
  bar: SQL_BAR,
  rounds: 15,
  prepare: async () => () => trial(idOfModel(PROBE_MODEL)),
}
