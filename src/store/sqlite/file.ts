/**
 * Which file is open, so that another or none at its path is noticed: SQLite goes on writing to an unlinked file,
 * and all of it is lost.
 *
 * By `stat` alone. Opening and closing the file here would drop the locks SQLite holds on it (POSIX forgets all locks
 * of a process on a file when it closes any descriptor of it).
 */
import { statSync } from 'node:fs'

export interface FileMark {
  readonly path: string
  readonly mark: string | undefined
}

export function markFile(path: string): FileMark {
  return { path, mark: markOf(path) }
}

/** True while the path leads to the file it led to. */
export function isSameFile({ path, mark }: FileMark): boolean {
  return mark !== undefined && markOf(path) === mark
}

/** Device and inode; undefined when there is no file, or no way to it. */
function markOf(path: string): string | undefined {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false })
    return found && `${found.dev}:${found.ino}`
  } catch {
    return undefined
  }
}
