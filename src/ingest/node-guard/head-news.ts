import type { Header } from './chain-block'
import type { ChainView } from './chain-view'

/** Tells whoever listens of the head that may be told. */
export class HeadNews {
  private readonly listeners = new Set<(head: Header) => void>()

  constructor(private readonly view: ChainView) {}

  /** Calls back now and after each look at a node. @returns what ends it */
  listen(listener: (head: Header) => void): () => void {
    this.listeners.add(listener)
    const head = this.head()
    if (head !== undefined) listener(head)
    return () => this.listeners.delete(listener)
  }

  /**
   * Tells the head, also one that was told before: who could not take it then may do so now, and a
   * dispute that is over is no event.
   */
  tell(): void {
    const head = this.head()
    if (head === undefined) return
    for (const listener of this.listeners) listener(head)
  }

  /** After a fork to a lower height there is none, until the chain is as high again. */
  private head(): Header | undefined {
    const height = this.view.servedHead()
    return height === undefined ? undefined : this.view.at(height)
  }
}
