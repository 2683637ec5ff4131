import type { ChainEvent } from '../domain/chain-event'
import type { LogRef } from '../domain/position'
import { type EventCodecs, parameterReader } from './parameter-reader'
import type { RangeAllowance } from './range-allowance'
import type { RawLog } from './raw-log'
import { Storable } from './storable'

/** What every event made from one log shares. */
export interface LogContext {
  at: LogRef
  /** Configured name of the contract. */
  contract: string
}

/** Reads the logs of one topic. Throws where the log does not have the form of its topic. */
export interface LogReader {
  topic: string
  signature: string
  read(log: RawLog, context: LogContext, allowance: RangeAllowance): ChainEvent[]
}

/**
 * Ties the generated decoder of one event to the function that puts its parameters into domain
 * terms. Such a function writes each event as one literal: objects spread into another fill the old
 * space of V8, which costs more than to decode the log.
 */
export function logReader<Parameters>(
  event: EventCodecs<Parameters>,
  interpret: (
    parameters: Parameters,
    context: LogContext,
    storable: Storable,
    allowance: RangeAllowance,
  ) => ChainEvent[],
): LogReader {
  const readParameters = parameterReader(event)
  return {
    topic: event.topic,
    signature: event.signature,
    read(log, context, allowance) {
      return interpret(readParameters(log), context, new Storable(), allowance)
    },
  }
}
