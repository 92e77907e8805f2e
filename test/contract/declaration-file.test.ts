/** A client in another package reads the API's type from a declaration file, so the compiler must be able to write one. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

test('the type of an API can be written down, with names that the package exports', async () => {
  const out = await mkdtemp(join(tmpdir(), 'tenfour-types-'))
  const options = [
    '--declaration',
    '--emitDeclarationOnly',
    '--rootDir',
    '.',
    '--outDir',
    out,
    '--module',
    'nodenext',
    '--strict',
  ]
  // No other options are read, and the compiler fails where a type cannot be named.
  await run('node_modules/.bin/tsc', ['--ignoreConfig', ...options, '--types', 'node', 'examples/newsroom/api.ts'])
  const written = await readFile(join(out, 'examples/newsroom/api.d.ts'), 'utf8')
  await rm(out, { recursive: true })
  expect(written).toContain('import("tenfour").DefinedApi<')
  expect(written).not.toMatch(/\bany\b/)
})
