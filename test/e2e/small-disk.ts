import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, rmSync } from 'node:fs'
import { makeTempFolder } from '../support/temp-folder'

const CHUNK = Buffer.alloc(1 << 20)

/** A file system in memory of its own, that a test fills up. Needs root, on Linux. */
export class SmallDisk {
  private constructor(readonly folder: string) {
    process.once('exit', this.unmount)
  }

  /** The disk, or why this machine cannot give one. */
  static async mount(megabytes: number): Promise<SmallDisk | string> {
    const folder = `${await makeTempFolder()}/disk`
    mkdirSync(folder)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
        stdio: 'pipe',
      })
    } catch (error) {
      return `no file system of its own can be mounted: ${String(error)}`
    }
    chmodSync(folder, 0o755)
    return new SmallDisk(folder)
  }

  /** Takes all the room that is left. */
  fill(): void {
    for (let size = CHUNK.length; size >= 4096; ) {
      try {
        appendFileSync(this.ballast, CHUNK.subarray(0, size))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        size = Math.floor(size / 2)
      }
    }
  }

  /** Gives it back. */
  makeRoom(): void {
    rmSync(this.ballast, { force: true })
  }

  readonly unmount = (): void => {
    process.off('exit', this.unmount)
    execFileSync('umount', ['--lazy', this.folder], { stdio: 'pipe' })
  }

  private get ballast(): string {
    return `${this.folder}/ballast`
  }
}
