import type { ChainEvent } from '../domain/chain-event'
import type { LogRef } from '../domain/position'
import { type EventForm, formCheck } from './event-form'
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

/** The generated decoder of one event. It also refuses a log with another number of topics. */
interface EventDecoder<Parameters> extends EventForm {
  topic: string
  decode(log: { topics: string[]; data: string }): Parameters
}

/**
 * Ties the generated decoder of one event to the function that puts its parameters into domain
 * terms.
 */
export function logReader<Parameters>(
  event: EventDecoder<Parameters>,
  interpret: (
    parameters: Parameters,
    context: LogContext,
    storable: Storable,
    allowance: RangeAllowance,
  ) => ChainEvent[],
): LogReader {
  const requireForm = formCheck(event)
  return {
    topic: event.topic,
    signature: event.signature,
    read(log, context, allowance) {
      requireForm(log)
      return interpret(event.decode(log), context, new Storable(), allowance)
    },
  }
}

/** What an event that is recorded repeats from its log. */
export function recorded(context: LogContext, storable: Storable) {
  return { ...context, flaws: storable.flaws }
}
