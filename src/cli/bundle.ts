/**
 * A file of TypeScript or JavaScript and what it imports, as one module that Node can import.
 *
 * Packages stay outside, and `tenfour` is always this one, so that what the file throws and declares
 * is known here. What was made is kept beside the packages that it imports, and made again when any
 * source changes; so esbuild is not even loaded for a file that it has seen. Where the packages cannot be
 * written to, it is made anew at each start.
 */
import { createHash, randomUUID } from 'node:crypto'
import { constants, existsSync, rmSync } from 'node:fs'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Metafile, Plugin } from 'esbuild'

export interface Bundle {
  /** The module that was made. Another content has another name, so that it can be imported anew. */
  readonly module: string
  /** The source files it was made of. */
  readonly inputs: readonly string[]
}

/** Rejects with esbuild's `BuildFailure` when a source cannot be understood. */
export async function bundle(file: string): Promise<Bundle> {
  // Where the packages that the file imports are found from as well: under its `node_modules`, or beside it.
  const packages = above(dirname(file), 'node_modules')
  const folder = packages === undefined ? join(dirname(file), '.tenfour') : join(packages, '.cache', 'tenfour')
  const record = `${basename(file)}-${digest(file)}.json`
  const before = await kept(folder, record)
  if (before !== undefined) return before
  // The packages may be another user's, or part of an image.
  return make(file, (await isWritable(folder)) ? folder : await aside(packages), record)
}

/** What was made of which sources: path → digest of its content. */
interface Made {
  readonly maker: string
  readonly module: string
  readonly inputs: Readonly<Record<string, string>>
}

/** Another copy of tenfour makes another module. */
const MAKER = new URL('..', import.meta.url).href
const SETTINGS = 'tsconfig.json'

async function kept(folder: string, record: string): Promise<Bundle | undefined> {
  try {
    const { maker, module, inputs } = JSON.parse(await readFile(join(folder, record), 'utf8')) as Made
    const path = join(folder, module)
    if (maker !== MAKER || !existsSync(path)) return undefined
    const digests = await Promise.all(Object.keys(inputs).map(digestOf))
    if (Object.values(inputs).some((known, at) => known !== digests[at])) return undefined
    return { module: path, inputs: Object.keys(inputs) }
  } catch {
    return undefined
  }
}

async function make(file: string, folder: string, record: string): Promise<Bundle> {
  const { build } = await import('esbuild')
  const url = pathToFileURL(file).href
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    absWorkingDir: dirname(file),
    outdir: folder,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    plugins: [OURS],
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'silent',
    define: {
      'import.meta.url': JSON.stringify(url),
      'import.meta.filename': JSON.stringify(file),
      'import.meta.dirname': JSON.stringify(dirname(file)),
    },
  })
  const code = outputFiles[0]?.text ?? ''
  const inputs = inputsOf(metafile, dirname(file))
  const settings = above(dirname(file), SETTINGS)
  const digests = await Promise.all(
    [...inputs, ...(settings === undefined ? [] : [settings])].map(
      async (path) => [path, await digestOf(path)] as const,
    ),
  )
  const name = `${basename(file)}-${digest(file)}`
  const module = `${name}-${digest(code)}.mjs`
  await write(join(folder, module), code)
  await write(
    join(folder, record),
    JSON.stringify({ maker: MAKER, module, inputs: Object.fromEntries(digests) } satisfies Made),
  )
  await sweep(folder, name, module)
  return { module: join(folder, module), inputs: digests.map(([path]) => path) }
}

const OURS: Plugin = {
  name: 'tenfour',
  setup(build) {
    build.onResolve({ filter: /^tenfour(\/|$)/ }, ({ path }) => {
      const module = own(path)
      return module === undefined ? { errors: [{ text: `there is no ${path}` }] } : { path: module, external: true }
    })
  },
}

/** The modules of this very copy, packed or not; and the client, which the command does without. */
function own(name: string): string | undefined {
  // `tenfour` is the server.
  const layer = name === 'tenfour' ? 'server' : name.slice('tenfour/'.length)
  const beside = new URL(`../${layer}/index.js`, import.meta.url)
  if (existsSync(beside)) return beside.href
  try {
    return import.meta.resolve(name)
  } catch {
    return undefined
  }
}

async function isWritable(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const ASIDE = new Map<string | undefined, Promise<string>>()

/** A folder of this process, from which the same packages are found. */
function aside(packages: string | undefined): Promise<string> {
  const known = ASIDE.get(packages)
  if (known !== undefined) return known
  const made = mkdtemp(join(tmpdir(), 'tenfour-')).then(async (folder) => {
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    if (packages !== undefined) await symlink(packages, join(folder, 'node_modules'))
    return folder
  })
  ASIDE.set(packages, made)
  return made
}

/** The nearest file or folder of that name, from a folder upwards. */
function above(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, name))) return join(at, name)
    if (at === dirname(at)) return undefined
  }
}

function inputsOf({ inputs }: Metafile, folder: string): string[] {
  return Object.keys(inputs)
    .filter((path) => !path.startsWith('<'))
    .map((path) => resolve(folder, path))
}

async function digestOf(path: string): Promise<string> {
  return digest(await readFile(path))
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}

/** Whole or not at all: another process may be reading. */
async function write(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, content)
  await rename(draft, path)
}

/** Takes away what was made of earlier contents; what is young may be in use by another process that has just begun. */
async function sweep(folder: string, name: string, except: string): Promise<void> {
  const before = Date.now() - 60_000
  const old = (await readdir(folder)).filter(
    (file) => file.startsWith(name) && file.endsWith('.mjs') && file !== except,
  )
  for (const file of old) {
    const path = join(folder, file)
    if ((await stat(path)).mtimeMs < before) await rm(path, { force: true })
  }
}
