import type { ZodType } from 'zod'

/** A GraphQL query, and the form of its answer: what a server says is read, not believed. */
export interface Question<Answer> {
  /** The root field; errors name it. */
  readonly name: string
  readonly text: string
  /** The form of `data`. */
  readonly answer: ZodType<Answer>
}

/** Values for the variables of a query; JSON. */
export type Variables = Readonly<Record<string, unknown>>
