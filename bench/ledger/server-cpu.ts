import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second, whatever the kernel's own tick. */
const TICKS_PER_SECOND = 100

/**
 * Processor time that a database server has used so far, in seconds: the server process, its
 * children that live, and those that ended. NaN where there is no /proc.
 */
export function serverCpuSeconds(serverPid: number | undefined): number {
  if (process.platform !== 'linux' || serverPid === undefined) return Number.NaN
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const ticks = pids.flatMap((pid) => {
    const stat = readStat(pid)
    if (stat === undefined) return []
    if (Number(pid) === serverPid) return stat.own + stat.ofEndedChildren
    return stat.parent === serverPid ? stat.own : []
  })
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND
}

/** Fields 4 (parent) and 14 to 17 (times) of proc_pid_stat(5); undefined for a process gone. */
function readStat(pid: string) {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  // The second field is the command in brackets and may hold blanks; the third begins after it.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent, user, system, endedUser, endedSystem] = [1, 11, 12, 13, 14].map(
    (index) => fields[index] ?? 0,
  )
  return {
    parent,
    own: (user ?? 0) + (system ?? 0),
    ofEndedChildren: (endedUser ?? 0) + (endedSystem ?? 0),
  }
}
