/**
 * The folder of a database, made where it is missing, and what else can stand where the file should be.
 *
 * Step by step and not by `recursive`: where the system makes no folders (`/proc`), Node tries that for ever.
 */
import { mkdirSync, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname } from 'node:path'
import { unavailable } from './fault.ts'

/** Throws Unavailable, with what is in the way, where no file can be at this path. */
export function makeFolder(path: string): void {
  const found = look(path)
  if (found?.isDirectory()) throw unavailable(`${path} is a folder`)
  if (found !== undefined && !found.isFile())
    throw unavailable(`${path} is no file that can be written to and read again`)
  if (found === undefined) make(dirname(path))
}

function make(folder: string): void {
  const found = look(folder)
  if (found?.isDirectory()) return
  if (found !== undefined) throw unavailable(`${folder} is a file, so nothing can be in it`)
  if (dirname(folder) !== folder) make(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another process may have come first.
    if (!look(folder)?.isDirectory()) throw unavailable(`the folder ${folder} cannot be made`, error)
  }
}

/** Undefined where nothing is; where nobody may look, whoever opens the file finds out. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
