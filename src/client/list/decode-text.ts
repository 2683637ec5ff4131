import { DeviceTrailError } from '../../domain/errors'

/** Bytes as text, chunk by chunk. */
type Chunks = AsyncIterable<Uint8Array>

/** How an input that is no text is refused. */
export interface Refusal {
  readonly code: string
  readonly todo: string
}

const OF_A_LIST: Refusal = {
  code: 'LIST_UNREADABLE',
  todo: 'Save it as "CSV UTF-8", or as plain text in UTF-8.',
}

/**
 * UTF-8, or UTF-16 with a byte order mark (what Excel calls Unicode text). The mark is taken off.
 * Anything else is refused: a guess at the encoding could change an identifier.
 *
 * @param onBytes is told how many bytes each chunk had
 * @param refusal of what is no text; LIST_UNREADABLE, if absent
 * @throws DeviceTrailError
 */
export async function* decodeText(
  chunks: Chunks,
  onBytes: (count: number) => void = () => undefined,
  refusal: Refusal = OF_A_LIST,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  let bytes = 0
  for await (const chunk of chunks) {
    // A first chunk of one byte has half a mark; files and pipes give more.
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
    yield decoded(decoder, chunk, bytes, refusal)
    bytes += chunk.length
    onBytes(chunk.length)
  }
  if (decoder !== undefined) yield decoded(decoder, undefined, bytes, refusal)
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

function decoded(
  decoder: TextDecoder,
  chunk: Uint8Array | undefined,
  at: number,
  { code, todo }: Refusal,
): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch (cause) {
    throw new DeviceTrailError(
      {
        code,
        remedy: 'caller',
        what: `The input is no ${decoder.encoding} text, somewhere after byte ${at}.`,
        todo,
      },
      { cause },
    )
  }
}
