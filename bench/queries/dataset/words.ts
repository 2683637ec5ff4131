import { CONTRACT, MODELS, type Sizes, udiDiOf } from './sizes'

/** Steps of the history that one block carries, and log indexes that each of them may use. */
const STEPS_OF_BLOCK = 25
const LOGS_OF_STEP = 4
const FIRST_BLOCK = 1_000
const GENESIS = '2023-01-01T00:00:00Z'
/** Constant, so that a day holds as many events however large the tables are. */
const BLOCK_SECONDS = 300

/** Blocks that may still be forked away. */
export const HOT_BLOCKS = 20

/**
 * The schema `bench`: the words in which the other statements tell the history. It is dropped when
 * the tables are full. `n` is the number of a step; a step is one transaction.
 */
export function words(): string[] {
  return [
    'CREATE SCHEMA bench',
    // From 0 to 1, the same for the same number and salt on every machine.
    define('u(i bigint, salt int)', 'float8', UNIFORM),
    define('height(n bigint)', 'int', `(${FIRST_BLOCK} + n / ${STEPS_OF_BLOCK})::int`),
    define('log(n bigint)', 'int', `(n % ${STEPS_OF_BLOCK} * ${LOGS_OF_STEP})::int`),
    define('block_time(height int)', 'timestamptz', BLOCK_TIME),
    define('at(n bigint)', 'timestamptz', 'bench.block_time(bench.height(n))'),
    define('hash(text text)', 'text', `'0x' || repeat(md5(text), 2)`),
    define('tx(n bigint)', 'text', 'bench.hash(n::text)'),
    define('owner(no int)', 'text', `'0x' || substr(md5('a' || no) || md5('b' || no), 1, 40)`),
    define('device(i bigint)', 'text', `'${CONTRACT}-' || i`),
    define('model(no int)', 'text', `'${CONTRACT}-model-' || no`),
    define('recall(no int)', 'text', `'${CONTRACT}-recall-' || no`),
    define('position(height int, log int)', 'text', POSITION),
  ]
}

const UNIFORM = '(hashint8extended(i, salt) & 2147483647)::float8 / 2147483648'
const BLOCK_TIME = `timestamptz '${GENESIS}' + height * interval '${BLOCK_SECONDS} s'`
const POSITION = `lpad(height::text, 10, '0') || '-' || lpad(log::text, 6, '0')`

function define(signature: string, type: string, body: string): string {
  return `CREATE FUNCTION bench.${signature} RETURNS ${type}
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ${body} $$`
}

/** `bench.model`: number, UDI-DI and manufacturer of each model. */
export function models(): string {
  const rows = Array.from({ length: MODELS }, (_, at) => `(${at + 1}, '${udiDiOf(at + 1)}')`)
  return `CREATE TABLE bench.model AS
    SELECT no, udi_di, 1 + (no * 7) % 20 AS maker FROM (VALUES ${rows.join(', ')}) AS v(no, udi_di)`
}

/** Names and kinds of the owners, by number. */
export function kindOf({ firstDistributor, firstHospital, bigOwner }: Sizes): string {
  return `CASE WHEN no < ${firstDistributor} THEN 'MANUFACTURER'
    WHEN no < ${firstHospital} OR no = ${bigOwner} THEN 'DISTRIBUTOR' ELSE 'HOSPITAL' END`
}
