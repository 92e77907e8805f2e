/** Tells when one of some files changes. Folders are watched, because editors put a new file in place of the old one. */
import { type FSWatcher, watch } from 'node:fs'
import { dirname, resolve } from 'node:path'

export interface Watch {
  /** Which files matter from now on. */
  set(files: readonly string[]): void
  close(): void
}

/** An editor writes a file in several steps. */
const SETTLED_MS = 50

export function watchFiles(changed: () => void): Watch {
  const watchers = new Map<string, FSWatcher>()
  let watched: ReadonlySet<string> = new Set()
  let timer: NodeJS.Timeout | undefined
  const touched = (folder: string, name: string | null): void => {
    if (name !== null && !watched.has(resolve(folder, name))) return
    clearTimeout(timer)
    timer = setTimeout(changed, SETTLED_MS)
  }
  const keep = (folders: ReadonlySet<string>): void => {
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue
      watcher.close()
      watchers.delete(folder)
    }
    for (const folder of folders)
      if (!watchers.has(folder))
        watchers.set(
          folder,
          watch(folder, (_, name) => touched(folder, name)),
        )
  }
  return {
    set(files) {
      watched = new Set(files)
      keep(new Set(files.map((file) => dirname(file))))
    },
    close() {
      clearTimeout(timer)
      keep(new Set())
    },
  }
}
