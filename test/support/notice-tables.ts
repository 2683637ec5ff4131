import { IDENTIFIERS, KIND_NAMES, type KindName, precision, recall, scoreOf } from './notice-score'
import { HELD_OUT, NOTICES, type RecallNotice, TUNED } from './notices'

/** The rows of the tables of docs/notices.md, as they must stand there. */
export function kindRows(): string[][] {
  return KIND_NAMES.map((kind) => [kind, ...halves([kind], () => true)])
}

export function shapeRows(): string[][] {
  const shapes = [...new Set(NOTICES.flatMap(({ shapes: named }) => named))].sort()
  return shapes.map((shape) => {
    const has = (notice: RecallNotice) => notice.shapes.includes(shape)
    const notices = String(NOTICES.filter(has).length)
    return [shape, notices, ...halves(IDENTIFIERS, has)]
  })
}

/** Right, wrong, missed, precision, recall: tuned on, then held out. */
function halves(kinds: readonly KindName[], wanted: (notice: RecallNotice) => boolean): string[] {
  return [TUNED, HELD_OUT].flatMap((half) => {
    const score = scoreOf(half.filter(wanted), kinds)
    const { right, wrong, missed } = score
    return [`${right} / ${wrong} / ${missed}`, precision(score), recall(score)]
  })
}
