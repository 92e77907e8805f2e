/** A client in another package reads the API's type from a declaration file, so the compiler must be able to write one. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

const OPTIONS = [
  '--declaration',
  '--emitDeclarationOnly',
  '--rootDir',
  '.',
  '--module',
  'nodenext',
  '--strict',
  '--types',
  'node',
]

/** No other options are read, and the compiler fails where a type cannot be named. */
async function declarationOf(name: string): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'tenfour-types-'))
  try {
    await run('node_modules/.bin/tsc', ['--ignoreConfig', ...OPTIONS, '--outDir', out, `${name}.ts`])
    return await readFile(join(out, `${name}.d.ts`), 'utf8')
  } finally {
    await rm(out, { recursive: true })
  }
}

test.each(['examples/newsroom/api', 'test/contract/everything'])(
  'the types of %s can be written down, with names that the package exports',
  async (name) => {
    const written = await declarationOf(name)
    expect(written).toMatch(/\bDefinedApi</)
    expect(written).not.toMatch(/\bany\b/)
    // The compiler, which is inside the package here, would name what is not exported by its file.
    expect(written.match(/import\("[./][^"]*"\)[.\w]*/g) ?? []).toEqual([])
  },
)
