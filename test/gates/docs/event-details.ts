import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from '../architecture/source-file'

const FILE = join(ROOT, 'src/domain/chain-event.ts')

/**
 * The keys of `detail` for each kind of recorded event, as the type checker understands the domain:
 * what the glossary says must be what the decoder is made to return.
 */
export function detailKeys(): ReadonlyMap<string, readonly string[]> {
  const program = ts.createProgram([FILE], { strict: true, skipLibCheck: true, types: [] })
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(FILE)
  const module = file && checker.getSymbolAtLocation(file)
  const symbol = module?.exports?.get(ts.escapeLeadingUnderscores('RecordedEvent'))
  if (file === undefined || symbol === undefined) throw new Error(`${FILE} has no RecordedEvent`)
  const recorded = checker.getDeclaredTypeOfSymbol(symbol)
  const members = recorded.isUnion() ? recorded.types : [recorded]
  const property = (type: ts.Type, name: string) => {
    const found = type.getProperty(name)
    return found && checker.getTypeOfSymbolAtLocation(found, file)
  }
  return new Map(
    members.flatMap((member) => {
      const type = property(member, 'type')
      const kinds = type?.isUnion() ? type.types : type ? [type] : []
      const keys =
        property(member, 'detail')
          ?.getProperties()
          .map(({ name }) => name) ?? []
      return kinds.flatMap((kind) => (kind.isStringLiteral() ? [[kind.value, keys] as const] : []))
    }),
  )
}
