/** The explorer: the ten codes, one request each, and where they lead. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import lesson from '../../examples/newsroom/lesson.ts'
import { type DecisionId, DECISIONS } from '../../src/rules/index.ts'
import { INSTALLING } from '../runtimes/chromium.ts'
import { type Explorer, KEYS, type Opened, startExplorer } from './explorer.ts'

let explorer: Explorer
let opened: Opened
beforeAll(async () => {
  explorer = await startExplorer()
  opened = await explorer.open()
}, INSTALLING)
afterAll(() => explorer.stop())

/** The question that decides each step of the lesson. */
const DECIDED: Readonly<Record<number, DecisionId>> = {
  200: 'reads',
  201: 'created',
  204: 'deleted',
  304: 'ifNoneMatch',
  400: 'contentValid',
  401: 'signedIn',
  403: 'itemAllowed',
  404: 'exists',
  409: 'noConflict',
  500: 'unforeseen',
}

test.each(lesson.map(({ code, title }) => [code, title] as const))(
  'L16 L17 %i, %s: its request lights its square, and its path ends where it was decided',
  async (code) => {
    const { page, faults } = opened
    const square = page.locator('.square').filter({ has: page.getByRole('link', { name: String(code), exact: true }) })
    await page.getByRole('button', { name: `Get one with ${code}` }).click()
    await page.locator('.notice').getByText(String(code), { exact: true }).waitFor()
    await square.and(page.locator('[data-lit]')).waitFor()
    await square.getByRole('link', { name: `Its path to ${code}` }).click()
    await page.getByRole('heading', { level: 1, name: String(code) }).waitFor()
    const decided = page.locator('.rung[data-standing=decided]')
    expect(await decided.locator('.ask').textContent()).toBe(DECISIONS[DECIDED[code] ?? 'reads'].ask)
    expect(await decided.locator('.status').allTextContents()).toContain(String(code))
    await page.getByRole('link', { name: 'Board' }).click()
    expect(faults).toEqual([])
  },
)

test('L16 the other codes are found from the board, by any word of what they mean', async () => {
  const { page } = await explorer.open()
  await page.getByLabel('Find another code').fill('gone good')
  await page.getByLabel('Find another code').press('Enter')
  await page.getByRole('link', { name: /^410 Gone/ }).click()
  await page.getByRole('heading', { level: 1, name: '410' }).waitFor()
})

test('without the keys they are asked for, and kept in the browser alone', async () => {
  const context = await explorer.browser.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(`${explorer.url}/.tenfour/`)
  await page.getByLabel('basic').fill(KEYS.basic)
  await page.getByLabel('admin').fill(KEYS.admin)
  await page.getByLabel('admin').press('Enter')
  await page.getByLabel('admin').waitFor({ state: 'hidden' })
  await page.reload()
  await page.getByRole('button', { name: 'Get one with 201' }).click()
  await page.locator('.notice').getByText('201', { exact: true }).waitFor()
  await context.close()
})

test('L16 with all ten met, every square is lit, for whoever opens the page anew as well', async () => {
  const { page } = await explorer.open()
  await page.getByText('10 of 10.').waitFor()
  expect(await page.locator('.square[data-lit]').count()).toBe(lesson.length)
})
