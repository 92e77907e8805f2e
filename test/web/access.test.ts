/** The explorer for everybody: by keyboard, read aloud, in light and dark, on a phone. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { INSTALLING, type Page } from '../runtimes/chromium.ts'
import { type Explorer, type Opened, startExplorer } from './explorer.ts'

let explorer: Explorer
let light: Opened
let dark: Opened
let phone: Opened
let refused = ''
beforeAll(async () => {
  explorer = await startExplorer()
  const response = await fetch(`${explorer.url}/articles`, { method: 'POST' })
  refused = response.headers.get('Request-Id') ?? ''
  light = await explorer.open()
  dark = await explorer.open('#/', { dark: true })
  phone = await explorer.open('#/', { width: 360 })
  await Promise.all([light, dark].map(({ page }) => page.evaluate(AXE)))
}, INSTALLING)
afterAll(() => explorer.stop())

const PAGES: readonly (readonly [name: string, fragment: () => string, heading: string | RegExp])[] = [
  ['the board', () => '#/', 'Ten codes'],
  ['the operations', () => '#/operations', 'Operations'],
  ['an operation', () => `#/operations/${encodeURIComponent('PATCH /articles/{id}')}`, 'PATCH /articles/{id}'],
  ['why', () => `#/x/${refused}`, /401/],
  ['the exchanges', () => '#/exchanges', 'Exchanges'],
  ['the codes', () => '#/codes', 'The codes'],
  ['a code', () => '#/code/409', /409/],
  ['the graph', () => '#/graph', 'From a request to its status'],
  ['a page that is not there', () => '#/nowhere', 'There is no such page'],
]

const AXE = readFileSync(join(import.meta.dirname, '../runtimes/node_modules/axe-core/axe.min.js'), 'utf8')

async function show(page: Page, fragment: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${explorer.url}/.tenfour/${fragment}`)
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  await page.getByText('Asking the server').waitFor({ state: 'detached' })
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

async function violations(page: Page): Promise<string[]> {
  const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as readonly Violation[]
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

test.each(PAGES)('%s: nothing that axe objects to, in light and in dark', async (_, fragment, heading) => {
  for (const { page, faults } of [light, dark]) {
    await show(page, fragment(), heading)
    expect(await violations(page)).toEqual([])
    expect(faults).toEqual([])
  }
})

test.each(PAGES)('%s fits a phone of 360 pixels', async (_, fragment, heading) => {
  await show(phone.page, fragment(), heading)
  expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBe(360)
})

test('dark is dark', async () => {
  const ground = ({ page }: Opened): Promise<unknown> =>
    page.evaluate('getComputedStyle(document.body).backgroundColor')
  expect([await ground(light), await ground(dark)]).toEqual(['rgb(251, 250, 247)', 'rgb(21, 21, 20)'])
})

test('with the keyboard alone: past the navigation, one code got, its path opened, a question unfolded', async () => {
  const { page } = await explorer.open()
  const focused = (): Promise<unknown> => page.evaluate('document.activeElement.textContent')
  const tabTo = async (name: string): Promise<void> => {
    for (let steps = 0; steps < 60 && (await focused()) !== name; steps++) await page.keyboard.press('Tab')
    expect(await focused()).toBe(name)
  }
  await page.getByRole('button', { name: 'Get one with 404' }).waitFor()
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Skip to the page')
  await page.keyboard.press('Enter')
  await tabTo('Get one with 404')
  await page.keyboard.press('Enter')
  await page.locator('.notice').getByText('404', { exact: true }).waitFor()
  await tabTo('See its path')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: '404' }).waitFor()
  expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN')
  for (let steps = 0; steps < 80 && !(await isRung(page)); steps++) await page.keyboard.press('Tab')
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
  await page.keyboard.press('Enter')
  await page.locator('.rung .detail').getByText('clause').waitFor()
})

const isRung = (page: Page): Promise<unknown> =>
  page.evaluate("document.activeElement.matches('.rung > button[aria-expanded]')")
