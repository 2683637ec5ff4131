import { type Copy, DockerfileParser, type From, type Instruction } from 'dockerfile-ast'
import { validate } from 'dockerfile-utils'

export interface Stage {
  readonly image: string
  readonly instructions: readonly Instruction[]
}

/** The stages of a Dockerfile, in order. */
export function stagesOf(text: string): Stage[] {
  const stages: { image: string; instructions: Instruction[] }[] = []
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      stages.push({ image: (instruction as From).getImage() ?? '', instructions: [] })
    } else {
      stages.at(-1)?.instructions.push(instruction)
    }
  }
  return stages
}

/** What the validator finds wrong, with line numbers. */
export function dockerfileProblems(text: string): string[] {
  return validate(text).map(({ range, message }) => `${range.start.line + 1}: ${message}`)
}

/** Arguments of each instruction of one kind. */
export function argumentsOf(stage: Stage, keyword: string): string[][] {
  return stage.instructions
    .filter((instruction) => instruction.getKeyword() === keyword)
    .map((instruction) => instruction.getArguments().map((argument) => argument.getValue()))
}

/** Paths that are copied from the repository, not from another stage. */
export function copiedPaths(stages: readonly Stage[]): string[] {
  return stages.flatMap(({ instructions }) =>
    instructions.filter(isCopyFromRepository).flatMap((copy) =>
      copy
        .getArguments()
        .slice(0, -1)
        .map((argument) => argument.getValue()),
    ),
  )
}

function isCopyFromRepository(instruction: Instruction): boolean {
  if (instruction.getKeyword() !== 'COPY') return false
  return (instruction as Copy).getFlags().every((flag) => flag.getName() !== 'from')
}
