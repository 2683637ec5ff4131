import type { DCLinter } from 'dclint'
import { parse } from 'yaml'
import { read } from './program'

export interface Service {
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly volumes?: readonly string[]
}

/** The services of a compose file, anchors and merge keys resolved. */
export function servicesOf(path: string): Readonly<Record<string, Service>> {
  const file: { services: Record<string, Service> } = parse(read(path), { merge: true })
  return file.services
}

/**
 * What dclint says of a compose file: the schema of the compose specification and the rules for
 * ports, images, names and versions. Those for the order of keys are off: our order tells the
 * story.
 */
export async function lintCompose(file: string): Promise<string[]> {
  const { DCLinter: Linter } = await import('dclint')
  const linter = new Linter({ rules: RULES, quiet: true, debug: false, exclude: [] })
  return linter
    .lintFiles([file], false)
    .flatMap(({ messages }) =>
      messages.map(({ rule, line, message }) => `${line} ${rule} ${message}`),
    )
}

type Rules = ConstructorParameters<typeof DCLinter>[0]['rules']

const RULES = {
  'service-keys-order': 0,
  'services-alphabetical-order': 0,
  'service-dependencies-alphabetical-order': 0,
  'top-level-properties-order': 0,
  'require-quotes-in-ports': [1, { quoteType: 'double' }],
} satisfies Rules
