/** docs/declare.md says what can be declared, all of it, and what becomes of it. */
import { execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPTIONS } from '../src/server/declare/options.ts'
import { type Folder, newFolder, ROOT } from './cli/process.ts'

const PAGE = readFileSync(join(ROOT, 'docs/declare.md'), 'utf8')
const BLOCKS = Array.from(PAGE.matchAll(/^```ts ?(.*)\n([^]*?)^```$/gm), ([, note = '', text = '']) => ({ note, text }))
const START = BLOCKS.find(({ note }) => note === 'start')?.text ?? ''
const APIS = BLOCKS.filter(({ text }) => text.includes('export default defineApi'))

/** Every operation of each API with the statuses that its description has, as the package gives them. */
const DESCRIBE = `
import { readdirSync } from 'node:fs'
import { Engine } from '${ROOT}/dist/server/engine/engine.js'
import { openApi } from '${ROOT}/dist/server/openapi/openapi.js'
const described = {}
for (const file of readdirSync('.').filter((name) => name.startsWith('api-'))) {
  const { default: api } = await import(\`./\${file}\`)
  const { operations } = new Engine(api, { store: {}, log: console })
  described[file] = openApi(api.declaration, operations)
}
console.log(JSON.stringify(described))
`

interface PathItem {
  readonly [method: string]: { readonly responses?: object } | undefined
}
type Description = {
  readonly paths: Readonly<Record<string, PathItem & { readonly 'x-responses'?: object }>>
  readonly 'x-responses'?: object
}

describe('every API on the page gives the statuses that stand below it', () => {
  let folder: Folder
  let described: Readonly<Record<string, Description>>
  beforeAll(() => {
    folder = newFolder({ 'package.json': '{ "type": "module" }', 'describe.js': DESCRIBE })
    symlinkSync(ROOT, join(folder.path, 'node_modules/tenfour'))
    for (const [at, { text }] of APIS.entries())
      folder.write(`api-${at}.js`, transformSync(`${START}${text}`, { loader: 'ts', format: 'esm' }).code)
    const out = execFileSync(process.execPath, ['describe.js'], { cwd: folder.path, encoding: 'utf8' })
    described = JSON.parse(out) as typeof described
  }, 60_000)
  afterAll(() => folder.remove())

  const promises = APIS.flatMap(({ text }, at) =>
    Array.from(text.matchAll(/^\/\/ (\w+) (\S+) → (.+)$/gm), ([line, method = '', path = '', codes = '']) => ({
      line,
      file: `api-${at}.js`,
      method,
      path,
      codes: codes.split(', '),
    })),
  )
  test.each(promises)('$file $line', ({ file, method, path, codes }) => {
    const api = described[file]
    const item = api?.paths[path]
    const known = [item?.[method.toLowerCase()]?.responses, item?.['x-responses'], api?.['x-responses']]
    expect(known.flatMap((responses) => Object.keys(responses ?? {}))).toEqual(expect.arrayContaining(codes))
  })

  test('every API says what it gives', () => {
    expect(APIS.filter(({ text }) => !text.includes(' → '))).toEqual([])
    expect(APIS.length).toBeGreaterThan(15)
  })
})

test('the program on the page serves and stops', () => {
  const folder = newFolder({ 'package.json': '{ "type": "module" }' })
  symlinkSync(ROOT, join(folder.path, 'node_modules/tenfour'))
  const program = BLOCKS.find(({ text }) => text.includes('await serve('))?.text ?? ''
  const { code } = transformSync(`${START}${program.replace('4010', '0')}`, { loader: 'ts', format: 'esm' })
  folder.write('program.js', code)
  const said = execFileSync(process.execPath, ['program.js'], { cwd: folder.path, encoding: 'utf8', timeout: 30_000 })
  expect(said).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n/)
  folder.remove()
})

describe('nothing is left out', () => {
  const code = new Set(
    [...PAGE.matchAll(/`[^`\n]+`|^```[^]*?^```$/gm)].flatMap(([text]) => text.match(/[A-Za-z]\w*/g) ?? []),
  )
  const index = readFileSync(join(ROOT, 'src/server/index.ts'), 'utf8')
  const exported = [...index.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names.split(',').flatMap((name) => name.replace(/^\s*type /, '').trim() || []),
  )
  test.each(exported)('%s is on the page', (name) => {
    expect(code).toContain(name)
  })
  const options = Object.entries(OPTIONS).flatMap(([of, table]) => Object.keys(table).map((name) => ({ of, name })))
  test.each(options)('$of: $name is on the page', ({ name }) => {
    expect(code).toContain(name)
  })
})
