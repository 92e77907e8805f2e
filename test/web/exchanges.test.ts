/** The explorer: the last exchanges, as they happen. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { INSTALLING } from '../runtimes/chromium.ts'
import { type Explorer, startExplorer } from './explorer.ts'

let explorer: Explorer
beforeAll(async () => {
  explorer = await startExplorer()
}, INSTALLING)
afterAll(() => explorer.stop())

test('while five hundred requests run, the last two hundred are shown, and the page answers', async () => {
  const { page, faults } = await explorer.open('#/exchanges')
  await page.getByText('Live.').waitFor()
  const paths = ['/articles', '/articles/none', '/users']
  const lane = async (first: number): Promise<void> => {
    for (let at = first; at < 500; at += 5)
      await (await fetch(`${explorer.url}${paths[at % paths.length] ?? ''}`)).arrayBuffer()
  }
  const running = Promise.all([0, 1, 2, 3, 4].map(lane))
  await page.getByLabel('Status').selectOption('404')
  await page.getByRole('row').filter({ hasText: '/articles/none' }).first().waitFor()
  expect(await page.getByRole('row').filter({ hasText: '/users' }).count()).toBe(0)
  await running
  await page.getByLabel('Status').selectOption('')
  await page.getByText('200 of 200').waitFor()
  expect(await page.locator('tbody tr').count()).toBe(200)
  expect(faults).toEqual([])
})

test('they are filtered by operation, and each leads to why', async () => {
  await fetch(`${explorer.url}/articles/none`)
  const { page } = await explorer.open('#/exchanges')
  await page.getByLabel('Operation').selectOption('GET /articles/{id}')
  await page.getByRole('link', { name: 'GET /articles/none' }).first().click()
  await page.getByRole('heading', { level: 1, name: '404' }).waitFor()
})

test('a code that was met is lit wherever the request came from', async () => {
  const { page } = await explorer.open()
  await fetch(`${explorer.url}/articles`, { method: 'POST' })
  await page.locator('.square[data-lit]').filter({ hasText: '401' }).waitFor()
})
