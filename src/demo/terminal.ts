/** Where the demo prints. `process.stdout` is one. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** Lines of aligned text: a label, then what it is about. */
export interface Terminal {
  /** A line under a label of the part that it is about. */
  say(part: string, line: string): void
  /** How far a long step is; on a terminal the line is written over itself. */
  progress(part: string, what: string, done: number, total: number): void
  /** Text as it is. */
  print(text: string): void
}

const LABEL_WIDTH = 10

/** Prints to `output`. Progress shows each step on a terminal, and the end alone in a file. */
export function terminal(output: Output): Terminal {
  const labelled = (part: string, line: string) => `  ${part.padEnd(LABEL_WIDTH)} ${line}`
  return {
    say: (part, line) => void output.write(`${labelled(part, line)}\n`),
    progress: (part, what, done, total) => {
      const line = labelled(part, `${what} ${done}/${total}`)
      if (done === total) output.write(`${output.isTTY ? '\r' : ''}${line}\n`)
      else if (output.isTTY) output.write(`\r${line}`)
    },
    print: (text) => void output.write(`${text}\n`),
  }
}
