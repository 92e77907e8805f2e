/**
 * Where the author's functions are written: found by their text in the module that was made of the
 * sources, and from there by its source map.
 */
import { readFileSync } from 'node:fs'
import { findSourceMap } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Locate } from '../server/development/declared-part.ts'

/** `folder`: what the files are relative to. A text that stands there twice, or nowhere, has no place. */
export function locator(module: string, folder: string): Locate {
  let text: string | undefined
  return (written) => {
    text ??= readFileSync(module, 'utf8')
    const source = written.toString()
    const at = text.indexOf(source)
    if (at < 0 || text.includes(source, at + 1)) return undefined
    const before = text.slice(0, at).split('\n')
    const entry = findSourceMap(pathToFileURL(module).href)?.findEntry(before.length - 1, before.at(-1)?.length ?? 0)
    if (entry === undefined || !('originalSource' in entry)) return undefined
    return { file: relative(folder, fileURLToPath(entry.originalSource)), line: entry.originalLine + 1 }
  }
}
