// One core serves and another sends, so that neither is slowed by the other. Where that cannot be had, the bench says so.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The cores for the server and for the load, as `taskset -c` takes them; undefined where processes cannot be pinned to two. */
export function findCores() {
  const [server, load] = allowed()
  if (load === undefined) return undefined
  // The bench itself stays off the server's core too.
  const moved = spawnSync('taskset', ['-a', '-c', '-p', load, String(process.pid)])
  return moved.status === 0 ? { server, load } : undefined
}

/** The command, run on that core alone. */
export const pinned = (core, command) => (core === undefined ? command : ['taskset', '-c', core, ...command])

function allowed() {
  try {
    const [, ranges] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
    return (ranges ?? '').split(',').flatMap((range) => {
      const [first, last = first] = range.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, at) => String(first + at))
    })
  } catch {
    return []
  }
}
