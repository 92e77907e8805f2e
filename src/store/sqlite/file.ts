/**
 * Which file is open, so that another or none at its path is noticed: SQLite goes on writing to an unlinked file,
 * and all of it is lost.
 *
 * By `stat` alone. Opening and closing the file here would drop the locks SQLite holds on it: POSIX forgets all locks
 * of a process on a file when it closes any descriptor of it.
 */
import { closeSync, openSync, statSync, unlinkSync, writeSync } from 'node:fs'
import type { BigIntStats } from 'node:fs'

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

/** In octets; 0 when there is no file. */
export function sizeOf(path: string): number {
  return Number(look(path)?.size ?? 0)
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
      writeSync(file, Buffer.alloc(4096), 0, 4096, Math.max(sizeOf(path), sizeOf(`${path}-wal`)))
    } finally {
      closeSync(file)
      unlinkSync(trial)
    }
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && NO_ROOM.has(String(error.code))
  }
}

/** Device and inode; undefined when there is no file, or no way to it. */
function markOf(path: string): string | undefined {
  const found = look(path)
  return found && `${found.dev}:${found.ino}`
}

function look(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
