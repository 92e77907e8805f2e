/** The explorer: "why not 200?" ends in the request with the one change that it names. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { INSTALLING, type Page } from '../runtimes/chromium.ts'
import { NEWSROOM } from '../cli/process.ts'
import { type Explorer, KEYS, startExplorer } from './explorer.ts'

let explorer: Explorer
beforeAll(async () => {
  explorer = await startExplorer()
}, INSTALLING)
afterAll(() => explorer.stop())

/** Writes a request on the page of an operation, sends it, and waits for the reply's code. */
async function send(page: Page, { path, as = '', fields = '', content = '' }: Sent): Promise<string> {
  await page.getByLabel('Path', { exact: true }).fill(path)
  await page.getByLabel('Who am I').selectOption(as)
  await page.getByLabel('Fields, one to a line').fill(fields)
  await page.getByLabel('Content', { exact: true }).fill(content)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  return (await page.locator('.reply .headline .status').textContent()) ?? ''
}

interface Sent {
  readonly path: string
  readonly as?: string
  readonly fields?: string
  readonly content?: string
}

/** An article of the admin's; its path. */
async function articleOfAdmin(url = explorer.url): Promise<string> {
  const response = await fetch(`${url}/articles`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${KEYS.admin}`, 'Content-Type': 'application/json' },
    body: '{"title":"Ten-four","body":"Received."}',
  })
  return response.headers.get('Location') ?? ''
}

const operation = (name: string): string => `#/operations/${encodeURIComponent(name)}`
const why = (page: Page) => page.locator('.why-not')

test('L17 RFC 9110 §15.5.4 a 403 names the rule and the role that would pass, and its button gets the 200', async () => {
  const { page, faults } = await explorer.open(operation('PATCH /articles/{id}'))
  expect(await send(page, { path: await articleOfAdmin(), as: 'basic', content: '{"title":"Mine"}' })).toBe('403')
  await page.getByRole('link', { name: 'Why 403?' }).click()
  const sentence = (await why(page).locator('.sentence').textContent()) ?? ''
  expect(sentence).toMatch(/200.*owner.*admin/)
  expect(await why(page).textContent()).toContain('articles.allow.update')
  await page.getByRole('button', { name: 'Send it as admin' }).click()
  expect(await why(page).locator('.reply .headline .status').textContent()).toBe('200')
  await page.getByRole('link', { name: 'Why 200?' }).click()
  await page.getByRole('heading', { level: 1, name: '200' }).waitFor()
  expect(faults).toEqual([])
})

test('L17 RFC 9110 §15.5.13 a request of the composer ends in 412; with the current tag it is done', async () => {
  const { page } = await explorer.open(operation('PATCH /articles/{id}'))
  const path = await articleOfAdmin()
  const stale = { path, as: 'admin', fields: 'If-Match: "stale"', content: '{"title":"New"}' }
  expect(await send(page, stale)).toBe('412')
  await page.getByRole('link', { name: 'Why 412?' }).click()
  await page.getByRole('button', { name: /^Send it with If-Match "/ }).click()
  expect(await why(page).locator('.reply .headline .status').textContent()).toBe('200')
})

test('RFC 9110 §15.5.1 every member that is missing is put in by one button', async () => {
  const { page } = await explorer.open(operation('POST /users'))
  expect(await send(page, { path: '/users', content: '{"email":"grace@example.com"}' })).toBe('400')
  await page.getByRole('link', { name: 'Why 400?' }).click()
  await page.getByRole('button', { name: 'Send it with username' }).click()
  expect(await why(page).locator('.reply .headline .status').textContent()).toBe('201')
})

test('RFC 9110 §15.5.2 a 401 is sent again with the keys that are known', async () => {
  const { page } = await explorer.open(operation('POST /articles'))
  expect(await send(page, { path: '/articles', content: '{"title":"Ten-four","body":"Received."}' })).toBe('401')
  await page.getByRole('link', { name: 'Why 401?' }).click()
  await page.getByRole('button', { name: 'Send it as basic' }).click()
  expect(await why(page).locator('.reply .headline .status').textContent()).toBe('201')
})

test('a request that was sent from elsewhere is explained as well, and what is not known of it is asked for', async () => {
  const path = await articleOfAdmin()
  const { headers } = await fetch(`${explorer.url}${path}`, { method: 'PATCH', body: '{}' })
  const { page } = await explorer.open(`#/x/${headers.get('Request-Id')}`)
  await page.getByRole('button', { name: 'Write it as admin …' }).click()
  expect(await page.getByLabel('Path', { exact: true }).inputValue()).toBe(path)
})

test('the path is lit, folded questions are grey and say what to declare, and each names its clause', async () => {
  const { headers } = await fetch(`${explorer.url}/articles/none`)
  const { page } = await explorer.open(`#x/${headers.get('Request-Id')}`)
  await page.locator('.rung[data-standing=decided]').waitFor()
  expect(await page.locator('.rung[data-standing=folded]').count()).toBe(0)
  await page.getByRole('button', { name: /^Show \d+ folded questions/ }).click()
  const folded = page.locator('.rung[data-standing=folded]').filter({ hasText: 'taken away for good' }).first()
  await folded.getByRole('button').click()
  expect(await folded.locator('.detail').textContent()).toMatch(/RFC 9110 §15\.5\.11.*declare.*gone/s)
})

test('the page without a script names its clauses and leads to the explorer', async () => {
  const { headers } = await fetch(`${explorer.url}/articles/none`)
  const { page } = await explorer.open()
  await page.goto(`${explorer.url}/.tenfour/x/${headers.get('Request-Id')}`)
  await page.getByText('Say that it is not there. (RFC 9110 §15.5.5)').waitFor()
  await page.getByRole('link', { name: 'In the explorer' }).click()
  await page.locator('.rung[data-standing=decided]').waitFor()
})

test('an exchange that is not kept says so', async () => {
  const { page } = await explorer.open('#/x/nothing-1')
  await page.getByText('This exchange is not kept any more').waitFor()
})

test('L17 nothing on the page is recorded: with another rule in the declaration the sentence is another', async () => {
  const source = readFileSync(NEWSROOM, 'utf8')
  const changed = source.replaceAll("update: ['owner', 'admin']", "update: 'owner'")
  expect(changed).not.toBe(source)
  const other = await startExplorer(changed)
  try {
    const path = await articleOfAdmin(other.url)
    const { page } = await other.open(operation('PATCH /articles/{id}'))
    expect(await send(page, { path, as: 'basic', content: '{"title":"Mine"}' })).toBe('403')
    await page.getByRole('link', { name: 'Why 403?' }).click()
    const sentence = (await why(page).locator('.sentence').textContent()) ?? ''
    expect(sentence).toContain('owner')
    expect(sentence).not.toContain('admin')
    await page.getByRole('button', { name: 'Write it as the owner of the item …' }).click()
    expect(await page.getByLabel('Path', { exact: true }).inputValue()).toBe(path)
    await page.getByLabel('Who am I').selectOption('admin')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    expect(await why(page).locator('.reply .headline .status').last().textContent()).toBe('200')
  } finally {
    await other.stop()
  }
})
