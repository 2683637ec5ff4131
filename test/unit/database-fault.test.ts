import { describe, expect, it } from 'vitest'
import { databaseFaultOf } from '../../src/domain/database-fault'
import { DeviceTrailError } from '../../src/domain/errors'
import { explainFault } from '../../src/persistence/explain-fault'

/** Goal: every fault that an operator can meet is either waited out or told to a person. */

describe('a fault of the database', () => {
  it.each([
    ['57P03', 'the database system is starting up', 'away'],
    ['57P01', 'terminating connection due to administrator command', 'away'],
    ['57P02', 'terminating connection because of crash of another server process', 'away'],
    ['57P05', 'terminating connection due to idle-session timeout', 'away'],
    ['08006', 'connection failure', 'away'],
    ['08P01', 'server conn crashed?', 'away'],
    ['53300', 'sorry, too many clients already', 'away'],
    ['53200', 'out of memory', 'away'],
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432', 'away'],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND postgres', 'away'],
    ['EHOSTUNREACH', 'connect EHOSTUNREACH', 'away'],
    ['', 'Connection terminated unexpectedly', 'away'],
    ['', 'Connection terminated due to connection timeout', 'away'],
    ['', 'timeout exceeded when trying to connect', 'away'],
    ['', 'Query read timeout', 'away'],
    ['53100', 'could not extend file "base/5/1259": No space left on device', 'full'],
    ['25006', 'cannot execute UPDATE in a read-only transaction', 'read-only'],
    ['40001', 'could not serialize access', 'conflict'],
    ['40P01', 'deadlock detected', 'conflict'],
    ['55P03', 'lock not available', 'conflict'],
    ['28P01', 'password authentication failed for user "x"', 'refused'],
    ['28000', 'no pg_hba.conf entry', 'refused'],
    ['3D000', 'database "x" does not exist', 'refused'],
    ['42501', 'permission denied for table device', 'refused'],
    ['', 'The server does not support SSL connections', 'refused'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'refused'],
    ['XX001', 'invalid page in block 3 of relation base/5/1259', 'damaged'],
  ])('%s "%s" is %s', (code, text, fault) => {
    expect(databaseFaultOf(code, text)).toBe(fault)
  })

  it.each([
    ['42P01', 'relation "device" does not exist'],
    ['08P01', 'bind message has 65537 parameter formats but 0 parameters'],
    ['23505', 'duplicate key value violates unique constraint'],
    ['', 'Cannot read properties of undefined'],
  ])('%s "%s" is none: it is a bug, and is not waited out', (code, text) => {
    expect(databaseFaultOf(code, text)).toBeUndefined()
  })
})

describe('its explanation', () => {
  const explain = (code: string, text: string) =>
    explainFault(Object.assign(new Error(text), { code }))

  it.each([
    ['57P03', 'DATABASE_UNAVAILABLE', 'retry'],
    ['53100', 'DATABASE_FULL', 'retry'],
    ['25006', 'DATABASE_READ_ONLY', 'retry'],
    ['40001', 'DATABASE_CONFLICT', 'retry'],
    ['28P01', 'DATABASE_REFUSED', 'human'],
    ['XX002', 'DATABASE_DAMAGED', 'human'],
  ])('of %s is %s, remedy %s, with the words of the server', (sqlState, code, remedy) => {
    const error = explain(sqlState, 'its own words')
    expect(error).toBeInstanceOf(DeviceTrailError)
    expect(error).toMatchObject({ code, remedy })
    expect(String(error)).toContain(`(${sqlState}: its own words)`)
  })

  it('leaves a bug, and what is explained already, as it is', () => {
    const bug = new Error('duplicate key')
    expect(explainFault(bug)).toBe(bug)
    const explained = explain('57P03', 'starting up')
    expect(explainFault(explained)).toBe(explained)
  })
})
