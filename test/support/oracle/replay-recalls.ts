import { plain } from './label'
import { isBefore, laterOf, type Place, type Statement } from './statements'
import { misfit, modelOf, type Recall, recallOf, type Unit, unitOf, type World } from './world'

export function sayRecall(world: World, said: Statement): void {
  const recall = recallOf(world, said)
  const model = modelOf(world, said)
  if (recall.model !== null) return misfit(world, said, 'IDENTITY_RESTATED', null)
  recall.model = model.id
  recall.issued = { by: said.address('issuer'), at: said.at }
}

export function sayScope(world: World, said: Statement): void {
  const recall = recallOf(world, said)
  recall.scopes.push({
    model: recall.model,
    wholeModel: said.flag('wholeModel'),
    lots: said.texts('lots'),
    serials: said.texts('serials'),
    at: said.at,
  })
}

export function sayResolution(world: World, said: Statement): void {
  const recall = recallOf(world, said)
  const unit = unitOf(world, said, said.number('tokenId'))
  const number = said.number('resolution')
  recall.resolutions.push({ unit: unit.id, by: said.address('by'), number, at: said.at })
  if (underRecallSince(recall, unit) === null) {
    misfit(world, said, 'RESOLVED_OUT_OF_SCOPE', unit.id)
  }
}

export function sayClosing(world: World, said: Statement): void {
  const recall = recallOf(world, said)
  recall.closed ??= said.at
}

/**
 * The log that brought a unit under a recall: the scope or the mint, whichever is later, of the
 * first scope that names it. Null where none does, or where the recall was closed by then.
 */
export function underRecallSince(recall: Recall, { identity }: Unit): Place | null {
  if (identity === null) return null
  const has = (texts: readonly string[], text: string | null) =>
    text !== null && texts.some((one) => plain(one.split('\0').join('\uFFFD')) === plain(text))
  let since: Place | null = null
  for (const scope of recall.scopes) {
    const names =
      scope.wholeModel || has(scope.lots, identity.lot) || has(scope.serials, identity.serial)
    if (scope.model !== identity.model || !names) continue
    const at = laterOf(scope.at, identity.at)
    if (recall.closed !== null && isBefore(recall.closed, at)) continue
    if (since === null || isBefore(at, since)) since = at
  }
  return since
}
