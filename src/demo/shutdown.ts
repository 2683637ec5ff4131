/** What has to be stopped at the end, in the opposite order of its start. */
export class Shutdown {
  readonly #steps: { name: string; stop: () => Promise<void> }[] = []

  /** Remembers how to stop something that just started. */
  add(name: string, stop: () => Promise<void>): void {
    this.#steps.push({ name, stop })
  }

  /** Stops everything; a step that fails is told and does not keep the others from being done. */
  async run(say: (name: string, line: string) => void): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.stop()
        say(step.name, 'stopped')
      } catch (error) {
        say(step.name, `did not stop cleanly: ${error instanceof Error ? error.message : error}`)
      }
    }
  }
}
