/** What a page has to load for the client: minified, and compressed as it travels. */
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { PROSE, STATUS } from '../../src/rules/index.ts'

async function bundle(names: string): Promise<{ readonly text: string; readonly kilobytes: number }> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${names} } from './src/client/index.ts'`, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  const text = outputFiles[0]?.text ?? ''
  return { text, kilobytes: gzipSync(text, { level: 9 }).length / 1000 }
}

test.each([
  ['createClient, bearer', 5.85],
  ['createClient, bearer, memoryCache', 9.45],
  ['createFetch', 3.81],
])('%s: at most %d kB', async (names, most) => {
  expect((await bundle(names)).kilobytes).toBeLessThan(most)
})

test('no prose of the status table travels', async () => {
  const { text } = await bundle('createClient, bearer, memoryCache, createFetch')
  for (const row of Object.values(STATUS)) if (row.phrase.includes(' ')) expect(text).not.toContain(row.phrase)
  for (const { meaning } of Object.values(PROSE)) expect(text).not.toContain(meaning)
  expect(text).not.toContain('9110')
})

test('nothing of a server, and nothing of Node', async () => {
  const { text } = await bundle('createClient, bearer, memoryCache, createFetch')
  expect(text).not.toMatch(/\b(?:import|require)\b[ (]|node:|process\./)
})
