import { Option } from 'commander'

/** What a command was given as `--as-of`. */
export interface AsOfOptions {
  asOf?: string
}

/** The point that a question is about. */
export function asOfOption(): Option {
  const point = 'a block number, or an instant such as 2026-01-31T12:00:00Z'
  return new Option('--as-of <point>', `how it was then: ${point}`)
}
