/** Loads the file that declares an API, in TypeScript or JavaScript. */
import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Api } from '../server/declare/define-api.ts'
import { bundle } from './bundle.ts'
import { Failure } from './failure.ts'
import type { Host } from './host.ts'
import { loadFailure } from './load-failure.ts'

export interface Loaded<T> {
  /** What the file exports by default. */
  readonly value: T
  /** The files it was loaded from: when one changes, it is to be loaded again. */
  readonly inputs: readonly string[]
  /** The same for the same sources. */
  readonly version: string
}

/** Rejects with a `Failure` that says where the file is broken and what to do. */
export async function loadApi(file: string, host: Host): Promise<Loaded<Api>> {
  const loaded = await loadModule(file, host)
  if (isApi(loaded.value)) return { ...loaded, value: loaded.value }
  const name = relative(host.folder, file)
  throw new Failure(
    loaded.value === undefined ? `${name} has no default export.` : `The default export of ${name} is not an API.`,
    { next: 'End it with:\n\n  export default defineApi({ … })', files: loaded.inputs },
  )
}

/** The default export of a file, whatever it is. */
export async function loadModule(file: string, host: Host): Promise<Loaded<unknown>> {
  const { module, inputs } = await bundle(file).catch(async (error: unknown) => {
    throw await loadFailure(error, file, host)
  })
  try {
    host.mapStacks()
    const { default: value } = (await import(pathToFileURL(module).href)) as { default?: unknown }
    return { value, inputs, version: module }
  } catch (error) {
    throw await loadFailure(error, file, host, inputs)
  }
}

/** The file that declares the API: the one that is named, or the first of those that are usual. */
export function findApi(named: string | undefined, host: Host, command: string): string {
  return findFile(named === undefined ? ['api.ts', 'api.js', 'src/api.ts'] : [named], host, command, 'path/to/api.ts')
}

/** The first of some files that is there. */
export function findFile(names: readonly string[], host: Host, command: string, example: string): string {
  const found = names
    .map((name) => resolve(host.folder, name))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
  if (found !== undefined) return found
  throw new Failure(
    `There is no file ${names.map((name) => relative(host.folder, resolve(host.folder, name))).join(', ')}.`,
    {
      next: `Name it:\n\n  npx tenfour ${command} ${example}`,
    },
  )
}

function isApi(value: unknown): value is Api {
  return typeof value === 'object' && value !== null && 'declaration' in value
}
