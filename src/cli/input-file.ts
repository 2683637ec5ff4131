import { createReadStream, statSync } from 'node:fs'
import { decodeText } from '../client/list/decode-text'
import { DeviceTrailError } from '../domain/errors'

/** An input that was named on the command line, `-` for the standard input. */
export interface InputFile {
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
  /** Unknown for a pipe. */
  readonly size: number | undefined
}

/** @throws DeviceTrailError FILE_UNREADABLE */
export function openInput(path: string): InputFile {
  if (path === '-') return { name: 'the standard input', bytes: process.stdin, size: undefined }
  try {
    const status = statSync(path)
    if (status.isDirectory()) throw new Error('it is a folder')
    const size = status.isFile() ? status.size : undefined
    return { name: path, bytes: createReadStream(path), size }
  } catch (error) {
    throw unreadable(path, error)
  }
}

const NO_TEXT = {
  code: 'FILE_UNREADABLE',
  todo: 'Copy the text of the document, not its file, and save it as plain text in UTF-8.',
}

/** The whole text of a small input. @throws DeviceTrailError FILE_UNREADABLE */
export async function readInput(path: string): Promise<{ name: string; text: string }> {
  const { name, bytes } = openInput(path)
  const parts: string[] = []
  for await (const part of decodeText(bytes, undefined, NO_TEXT)) parts.push(part)
  return { name, text: parts.join('') }
}

function unreadable(path: string, cause: unknown): DeviceTrailError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new DeviceTrailError(
    {
      code: 'FILE_UNREADABLE',
      remedy: 'caller',
      what: `${path} cannot be read (${reason}).`,
      todo: 'Give the path of a file that exists, or - for the standard input.',
    },
    { cause },
  )
}
