import type { Writable } from 'node:stream'

/** Whoever read the output wants no more, as `head` does. */
export class ReaderGone extends Error {
  constructor(cause: unknown) {
    super('the reader of the output has gone', { cause })
    this.name = 'ReaderGone'
  }
}

/** Where a report goes. A slow reader slows the writer down; nothing piles up in memory. */
export class Output {
  constructor(private readonly stream: Writable) {
    // Each write hears of its own error; without a listener Node would end the process with a
    // stack.
    stream.on('error', () => undefined)
  }

  /**
   * Ends when the text is handed over.
   *
   * @throws ReaderGone
   */
  write(text: string): Promise<void> {
    if (text === '') return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.stream.write(text, (error) => {
        if (error == null) resolve()
        else reject('code' in error && error.code === 'EPIPE' ? new ReaderGone(error) : error)
      })
    })
  }
}
