/**
 * The last second of the year 9999, in milliseconds since 1970. A header can hold any 64-bit number
 * of seconds; later years have no four-digit form of ISO 8601, and soon after no date in JavaScript
 * or PostgreSQL.
 */
const BLOCK_TIME_MAX = 253_402_300_799_000

/** The block time as it is stored: the true one, or the last that can be shown. Milliseconds. */
export function storableTime(timestamp: number): number {
  return Math.min(timestamp, BLOCK_TIME_MAX)
}
