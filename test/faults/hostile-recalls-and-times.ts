import { recallClosed, recallIssued, resolved, scopeAdded } from '../support/story'
import type { HostileCase } from './hostile-case'

/** Recalls that name nothing, or everything. */
export const RECALLS: Record<string, HostileCase> = {
  'a scope, a resolution and a closing of an unknown recall': {
    logs: (t) => [scopeAdded({ lots: ['L1'] }, 70n), resolved(t + 90n, 1, 71n), recallClosed(72n)],
    anomalies: [
      ['UNKNOWN_RECALL', null],
      ['UNKNOWN_RECALL', null],
      ['RESOLVED_OUT_OF_SCOPE', 90],
      ['UNKNOWN_RECALL', null],
    ],
  },
  'a recall whose scope names everything, twice and 2,000 lots': {
    logs: () => [
      recallIssued(80n),
      scopeAdded({ wholeModel: true, lots: ['L1', 'L1', 'l1 ', ''], serials: ['', 'S1'] }, 80n),
      scopeAdded({ lots: Array.from({ length: 2_000 }, () => 'L1') }, 80n),
    ],
    anomalies: [],
  },
}

/** Times that nobody can show; the blocks after them have sound times again. */
export const TIMES: Record<string, HostileCase> = {
  'the time of its parent': { logs: () => [], timestamp: (parent) => parent, anomalies: [] },
  'a time before its parent': { logs: () => [], timestamp: () => 1_000n, anomalies: [] },
  'a time after the year 9999': {
    logs: () => [],
    timestamp: () => 253_402_300_800n,
    anomalies: [['TIME_OUT_OF_RANGE', null]],
  },
  'a time beyond the dates of JavaScript': {
    logs: () => [],
    timestamp: () => 8_640_000_000_001n,
    anomalies: [['TIME_OUT_OF_RANGE', null]],
  },
  'a time of 2^53-1 seconds': {
    logs: () => [],
    timestamp: () => 2n ** 53n - 1n,
    anomalies: [['TIME_OUT_OF_RANGE', null]],
  },
}
