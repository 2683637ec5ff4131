import { readNotice } from '../../src/domain/notice/read-notice'

/** What a text proposes over all of its scopes, what it leaves out, why, and the doubts. */
export function valuesRead(text: string) {
  const { scopes, notUnderstood } = readNotice(text)
  return {
    models: scopes.flatMap(({ scope }) => scope.models ?? []),
    lots: scopes.flatMap(({ scope }) => scope.lots ?? []),
    serials: scopes.flatMap(({ scope }) => scope.serials ?? []),
    all: scopes.some(({ all }) => all),
    left: notUnderstood.map(({ text: quote }) => quote),
    reasons: notUnderstood.map(({ reason }) => reason),
    warnings: scopes.flatMap(({ warnings }) => warnings),
  }
}
