// What a process and its descendants have used, as Linux counts it. Elsewhere: undefined.
import { readFileSync } from 'node:fs'

/** `USER_HZ`: 100 on every Linux that Node runs on. */
const TICKS = 100

/** Seconds of processor time. */
export function cpuSeconds(pid) {
  return total(pid, (member) => {
    // The name of the command, in parentheses, may itself hold spaces and parentheses.
    const stat = readFileSync(`/proc/${member}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS
  })
}

/** The most memory that was ever resident, in MiB. */
export function peakMemory(pid) {
  return total(pid, (member) => {
    const [, kibibytes] = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${member}/status`, 'utf8')) ?? []
    return Number(kibibytes) / 1024
  })
}

function total(pid, measure) {
  try {
    return family(pid).reduce((sum, member) => sum + measure(member), 0)
  } catch {
    return undefined
  }
}

function family(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  return [pid, ...children.flatMap(family)]
}
