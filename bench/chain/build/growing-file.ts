import { type FileHandle, open } from 'node:fs/promises'

const FLUSH_BYTES = 1024 * 1024

/** A new file that is written from its begin to its end, in large pieces. */
export class GrowingFile {
  private waiting: Buffer[] = []
  private waitingBytes = 0
  private size = 0

  private constructor(private readonly file: FileHandle) {}

  static async create(name: string): Promise<GrowingFile> {
    return new GrowingFile(await open(name, 'wx'))
  }

  /**
   * Adds bytes, or text that is ASCII.
   *
   * @returns the size of the file with them
   */
  async append(content: Buffer | string): Promise<number> {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
    this.waiting.push(bytes)
    this.waitingBytes += bytes.length
    this.size += bytes.length
    if (this.waitingBytes >= FLUSH_BYTES) await this.flush()
    return this.size
  }

  /** Writes what waits, and closes the file. */
  async close(): Promise<void> {
    await this.flush()
    await this.file.close()
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.concat(this.waiting)
    this.waiting = []
    this.waitingBytes = 0
    await this.file.writeFile(bytes)
  }
}
