/** Where the tests find what stands in the manifest of this folder: installed when the first of them asks. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const PACKAGES = join(import.meta.dirname, 'node_modules')

let installing: Promise<string> | undefined

/** The folder of packages, with everything in it. The first time on a machine this takes half a minute. */
export function installed(): Promise<string> {
  installing ??= promisify(execFile)(process.execPath, [join(import.meta.dirname, 'install.mjs')]).then(() => PACKAGES)
  return installing
}

/** How long a hook that may be the first to ask has to be given: `beforeAll(…, INSTALLING)`. */
export const INSTALLING = 300_000
