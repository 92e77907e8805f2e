/** Tells when one of some files changes. Folders are watched, because editors put a new file in place of the old one. */
import { existsSync, type FSWatcher, watch } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'

export interface Watch {
  /** Which files matter from now on. */
  set(files: readonly string[]): void
  close(): void
}

/** An editor writes a file in several steps. */
const SETTLED_MS = 50

export function watchFiles(changed: () => void): Watch {
  const watchers = new Map<string, FSWatcher>()
  let watched: readonly string[] = []
  let timer: NodeJS.Timeout | undefined
  const touched = (folder: string, name: string | null): void => {
    if (name !== null && !matters(resolve(folder, name))) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      // A folder that went or came since is watched by another name now, or not at all.
      keep()
      changed()
    }, SETTLED_MS)
  }
  /** A watched file, or a folder on the way to one. */
  const matters = (path: string): boolean =>
    watched.some((file) => file === path || file.startsWith(path.endsWith(sep) ? path : path + sep))
  const keep = (): void => {
    const folders = new Set(watched.map((file) => nearest(dirname(file))))
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder) && existsSync(folder)) continue
      watcher.close()
      watchers.delete(folder)
    }
    for (const folder of folders) if (!watchers.has(folder)) begin(folder)
  }
  const begin = (folder: string): void => {
    const end = (): void => {
      watchers.get(folder)?.close()
      watchers.delete(folder)
    }
    try {
      // Where a folder cannot be watched, its files are not loaded again; what is served goes on.
      watchers.set(folder, watch(folder, (_, name) => touched(folder, name)).on('error', end))
    } catch {
      end()
    }
  }
  return {
    set(files) {
      watched = files
      keep()
    },
    close() {
      clearTimeout(timer)
      watched = []
      keep()
    },
  }
}

/** The folder, or the first above it that is there: what comes back is seen from there. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder))
}
