import { Writable } from 'node:stream'
import { Output } from '../../src/client/report/output'

/** The text that something writes. */
export async function written(write: (output: Output) => Promise<void>): Promise<string> {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk)
      done()
    },
  })
  await write(new Output(stream))
  return Buffer.concat(chunks).toString()
}
