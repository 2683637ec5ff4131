/** What the edge itself answers, in the form of a GraphQL answer. */
export function refusal(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] }
}
