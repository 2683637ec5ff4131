import { setImmediate } from 'node:timers/promises'

/** Events, or logs, that are worked on in one turn: some milliseconds. */
const TURN = 1_000

/**
 * Does work on many pieces, and lets the answers of the database and of the source get their turn
 * in between: one thread reads, folds and writes, and a write that waits for its next statement
 * leaves the server without work.
 *
 * @param sizeOf events or logs of a piece
 */
export async function inTurns<Piece>(
  pieces: Iterable<Piece>,
  sizeOf: (piece: Piece) => number,
  work: (piece: Piece) => unknown,
): Promise<void> {
  let size = 0
  for (const piece of pieces) {
    work(piece)
    size += sizeOf(piece)
    if (size < TURN) continue
    size = 0
    await setImmediate()
  }
}
