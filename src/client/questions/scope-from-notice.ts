import { z } from 'zod'
import type { Question } from '../server/question'

const values = z.array(z.string()).nullable()
const date = z.string().nullable()

const proposedScope = z.object({
  scope: z.object({
    models: values,
    lots: values,
    serials: values,
    manufacturedFrom: date,
    manufacturedTo: date,
    expiresFrom: date,
    expiresTo: date,
  }),
  /** Model and catalogue numbers as printed; they are no UDI-DIs. */
  modelNames: z.array(z.string()),
  /** Versions of software, which no scope can hold. */
  versions: z.array(z.string()),
  /** The notice says "all". */
  all: z.boolean(),
  /** The stretch of the notice that says so. */
  quote: z.string(),
  warnings: z.array(z.string()),
})

const reading = z.object({
  scopes: z.array(proposedScope),
  notUnderstood: z.array(z.object({ text: z.string(), at: z.number(), reason: z.string() })),
})
export type NoticeReading = z.infer<typeof reading>

/** Which scope does the text of a notice propose? Variable: `text`. */
export const SCOPE_FROM_NOTICE: Question<{ scopeFromNotice: NoticeReading }> = {
  name: 'scopeFromNotice',
  text: `query ($text: String!) {
    scopeFromNotice(text: $text) {
      scopes {
        scope {
          models lots serials manufacturedFrom manufacturedTo expiresFrom expiresTo
        }
        modelNames versions all quote warnings
      }
      notUnderstood { text at reason }
    }
  }`,
  answer: z.object({ scopeFromNotice: reading }),
}
