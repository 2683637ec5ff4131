import { type EventForm, formCheck } from './event-form'
import { HexWords, isPlain, type Words } from './hex-words'
import type { RawLog } from './raw-log'

/** An event as the generated code describes it. */
export interface EventCodecs<Parameters> extends EventForm {
  topic: string
  params: { readonly [Name in keyof Parameters]: Codec<Parameters[Name]> }
  /** The generated decoder, which also reads what is not plain hex. */
  decode(log: { topics: string[]; data: string }): Parameters
}

interface Codec<Value> {
  decode(words: Words): Value
}

interface Field<Parameters> {
  name: keyof Parameters
  indexed: boolean
  read(words: Words): Parameters[keyof Parameters]
}

/**
 * The parameters of the logs of one event, as its generated decoder gives them.
 *
 * @returns a function that throws where a log has not the form of the event
 * @throws TypeError for an event with a type that is not known here
 */
export function parameterReader<Parameters>(
  event: EventCodecs<Parameters>,
): (log: RawLog) => Parameters {
  const requireForm = formCheck(event)
  const fields = fieldsOf(event)
  return (log) => {
    const plain = isPlain(log)
    requireForm(log, plain)
    if (!plain) return event.decode(log)
    const data = new HexWords(log.data)
    const parameters: Partial<Parameters> = {}
    let topic = 1
    for (const { name, indexed, read } of fields) {
      parameters[name] = read(indexed ? new HexWords(log.topics[topic++] ?? '') : data)
    }
    return parameters as Parameters
  }
}

function fieldsOf<Parameters>({ params }: EventCodecs<Parameters>): Field<Parameters>[] {
  const fields: Field<Parameters>[] = []
  for (const name in params) {
    const codec = params[name]
    // The generated code marks an indexed parameter with a slow proxy: it is asked once.
    const indexed = Reflect.get(codec, 'indexed') === true
    fields.push({ name, indexed, read: codec.decode.bind(codec) })
  }
  return fields
}
