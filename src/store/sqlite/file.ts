/**
 * Which file is open, so that another or none at its path is noticed: SQLite goes on writing to an unlinked file,
 * and all of it is lost.
 *
 * By `stat` alone. Opening and closing the file here would drop the locks SQLite holds on it: POSIX forgets all locks
 * of a process on a file when it closes any descriptor of it.
 */
import { closeSync, openSync, statSync, unlinkSync, writeSync } from 'node:fs'
import type { BigIntStats } from 'node:fs'

/** What tells one file from another. */
export interface FileMark {
  /** Device and inode; undefined when there is no file, or no way to it. */
  readonly mark: string | undefined
  /** In octets. */
  readonly size: number
}

export function markFile(path: string): FileMark {
  const found = look(path)
  return { mark: found && `${found.dev}:${found.ino}`, size: Number(found?.size ?? 0) }
}

export function isSameFile(one: FileMark, other: FileMark): boolean {
  return one.mark !== undefined && one.mark === other.mark
}

const NO_ROOM: ReadonlySet<string> = new Set(['EFBIG', 'ENOSPC', 'EDQUOT'])

/**
 * True when files beside the database cannot grow as large as it is. SQLite reports a limit on the size of files, or
 * a quota, as any failed write; only the file system can tell them from a broken disk.
 */
export function isOutOfRoom(path: string): boolean {
  const trial = `${path}-room`
  try {
    const file = openSync(trial, 'w')
    try {
      writeSync(file, Buffer.alloc(4096), 0, 4096, Math.max(markFile(path).size, markFile(`${path}-wal`).size))
    } finally {
      closeSync(file)
      unlinkSync(trial)
    }
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && NO_ROOM.has(String(error.code))
  }
}

function look(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
