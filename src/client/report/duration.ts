const UNITS: readonly [name: string, seconds: number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
]

/** A duration for people, in its two largest units: `23 d 5 h`, `4 min 12 s`, `0 s`. */
export function duration(seconds: number): string {
  const first = UNITS.findIndex(([, size]) => seconds >= size)
  if (first === -1) return '0 s'
  let rest = Math.floor(seconds)
  const parts = UNITS.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return { count, name }
  })
  const shown = parts.filter(({ count }, n) => n === 0 || count > 0)
  return shown.map(({ count, name }) => `${count} ${name}`).join(' ')
}
