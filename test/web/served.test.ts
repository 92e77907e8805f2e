/** The files of the explorer: how much they weigh, how they are served, and that no other place has them. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { INSTALLING } from '../runtimes/chromium.ts'
import { newFolder, NEWSROOM, ROOT, serve } from '../cli/process.ts'
import { type Explorer, KEYS, startExplorer } from './explorer.ts'

const MADE = join(ROOT, 'dist/web')

let explorer: Explorer
beforeAll(async () => {
  explorer = await startExplorer()
}, INSTALLING)
afterAll(() => explorer.stop())

test('the first load is at most 120 kB, compressed', () => {
  const octets = ['index.html', 'explorer.js', 'explorer.css'].map(
    (name) => gzipSync(readFileSync(join(MADE, name))).length,
  )
  expect(octets.reduce((sum, one) => sum + one)).toBeLessThan(120_000)
})

test.each(['', 'explorer.js', 'explorer.css'])(
  'RFC 9110 §13.1.2 /.tenfour/%s has a strong tag, and is not sent twice',
  async (name) => {
    const first = await fetch(`${explorer.url}/.tenfour/${name}`)
    const tag = first.headers.get('ETag') ?? ''
    expect([first.status, tag]).toEqual([200, expect.stringMatching(/^"[\w-]+"$/)])
    const second = await fetch(`${explorer.url}/.tenfour/${name}`, { headers: { 'If-None-Match': tag } })
    expect(second.status).toBe(304)
  },
)

test('the page allows nothing but its own', async () => {
  const { headers } = await fetch(`${explorer.url}/.tenfour/`)
  expect(headers.get('Content-Security-Policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
})

test('RFC 9110 §15.4.9 without its last slash the address has moved', async () => {
  const { status, headers } = await fetch(`${explorer.url}/.tenfour`, { redirect: 'manual' })
  expect([status, headers.get('Location')]).toEqual([308, '/.tenfour/'])
})

test.each([
  '../package.json',
  '..%2fpackage.json',
  '%2e%2e/package.json',
  'index.html',
  '.tsbuildinfo',
  'static/',
  '/',
])('there is no /.tenfour/%s', async (name) => {
  const { stdout } = await promisify(execFile)('curl', ['-si', '--path-as-is', `${explorer.url}/.tenfour/${name}`])
  expect(stdout).toMatch(/^HTTP\/1\.1 404 /)
})

test('a page of another origin gets nothing, and no key is ever handed out', async () => {
  const { page } = await explorer.open()
  const context = await explorer.browser.newContext()
  const elsewhere = await context.newPage()
  await elsewhere.route('http://elsewhere.example/', (route) => route.fulfill({ body: '<p>elsewhere</p>' }))
  await elsewhere.goto('http://elsewhere.example/')
  for (const name of ['', 'exchanges', 'operations', 'lesson'])
    expect(
      await elsewhere.evaluate(
        (url) =>
          fetch(url).then(
            () => 'read',
            () => 'refused',
          ),
        `${explorer.url}/.tenfour/${name}`,
      ),
    ).toBe('refused')
  expect(await page.evaluate('location.href')).not.toContain(KEYS.basic)
  await context.close()
})

test.each([
  ['a name that somebody else can point here', ['-H', 'Host: elsewhere.example']],
  ['a script of another port', ['-H', 'Origin: http://127.0.0.1:1']],
  ['a script of another site', ['-H', 'Sec-Fetch-Site: cross-site', '-H', 'Sec-Fetch-Mode: no-cors']],
])('nothing is there for %s', async (_, fields) => {
  for (const name of ['', 'explorer.js', 'lesson', 'exchanges/live']) {
    const { stdout } = await promisify(execFile)('curl', ['-si', ...fields, `${explorer.url}/.tenfour/${name}`])
    expect(stdout).toMatch(/^HTTP\/1\.1 404 /)
  }
})

test('in production there is none', async () => {
  const folder = newFolder()
  const production = await serve(NEWSROOM, folder, {
    NODE_ENV: 'production',
    BASIC_KEY: KEYS.basic,
    ADMIN_KEY: KEYS.admin,
  })
  try {
    for (const name of ['', 'explorer.js', 'exchanges', 'lesson'])
      expect((await fetch(`${production.url}/.tenfour/${name}`)).status).toBe(404)
  } finally {
    await production.stop()
    folder.remove()
  }
})

test('L16 the learning part works from a file, without a server', async () => {
  const context = await explorer.browser.newContext({ offline: true })
  const page = await context.newPage()
  await page.goto(pathToFileURL(join(MADE, 'static/index.html')).href)
  await page.getByLabel('Find a code').fill('gone')
  await page.getByRole('link', { name: /^410 Gone/ }).click()
  await page.getByRole('heading', { level: 1, name: '410' }).waitFor()
  await page.getByRole('link', { name: 'Graph' }).click()
  await page.getByRole('heading', { level: 1, name: 'From a request to its status' }).waitFor()
  expect(await page.getByRole('link', { name: 'Exchanges' }).count()).toBe(0)
  await context.close()
})
