/** The explorer as this package has it, with the lesson beside the API that it is served with. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '../server/development/page.ts'
import type { Host } from './host.ts'

/** `file` declares the API. */
export function explorerFor(file: string, host: Host): Page {
  const folder = new URL('dist/web/', import.meta.resolve('tenfour/package.json'))
  return {
    file(name) {
      const path = new URL(name || 'index.html', folder)
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined
    },
    async lesson() {
      const lesson = join(dirname(file), 'lesson.ts')
      if (!existsSync(lesson)) return undefined
      const { loadLesson } = await import('./load-lesson.ts')
      return (await loadLesson(lesson, host)).value
    },
  }
}

/** The keys go in the fragment, which stays in the browser: no server hands them out. */
export function explorerAddress(url: string, keys: Readonly<Record<string, string>>): string {
  const known = new URLSearchParams(keys).toString()
  return `${url}/.tenfour/${known === '' ? '' : `#/keys/${known}`}`
}
