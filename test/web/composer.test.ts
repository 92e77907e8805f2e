/** The explorer: replies that are large, endless, or full of markup; and what is copied for a shell. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { INSTALLING } from '../runtimes/chromium.ts'
import { type Explorer, startExplorer } from './explorer.ts'

const MARKUP = '<img src=x onerror="document.title=1"><script>document.title=2</script>'

/** What no collection gives: content of two million characters, content without end, and markup in an error. */
const SOURCE = `
import { defineApi, resource } from 'tenfour'

const allow = { get: 'anyone' }
export default defineApi({
  large: resource('/large', { allow, get: () => ({ text: 'x'.repeat(2_000_000) }) }),
  broken: resource('/broken', { allow, get: () => ({ text: ${JSON.stringify(MARKUP)} }) }),
})
`

let explorer: Explorer
beforeAll(async () => {
  explorer = await startExplorer(SOURCE)
}, INSTALLING)
afterAll(() => explorer.stop())

async function compose(path: string) {
  const opened = await explorer.open(`#/operations/${encodeURIComponent('GET /large')}`)
  await opened.page.getByLabel('Path', { exact: true }).fill(path)
  await opened.page.getByRole('button', { name: 'Send', exact: true }).click()
  return opened
}

test('a reply of two megabytes is cut, and says so', async () => {
  const { page } = await compose('/large')
  await page.getByText('Cut here').waitFor()
  expect((await page.locator('.reply pre').textContent())?.length).toBeLessThan(101_000)
})

test('a reply that never ends is shown as far as it came, and can be stopped', async () => {
  const { page } = await compose('/.tenfour/exchanges/live')
  await page.getByText('Still coming').waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Stopped here').waitFor()
  expect(await page.getByRole('button', { name: 'Send', exact: true }).isEnabled()).toBe(true)
})

test('markup in a reply is text: nothing of it runs', async () => {
  const { page, faults } = await compose('/broken')
  await page.locator('.reply pre').getByText('onerror').waitFor()
  expect(await page.locator('main img, main script').count()).toBe(0)
  expect(await page.title()).not.toMatch(/^\d$/)
  expect(faults).toEqual([])
})

test('what a browser sets by itself is not pretended to be sent', async () => {
  const { page } = await compose('/large')
  await page.getByLabel('Fields, one to a line').fill('Host: elsewhere.example')
  await page.getByText('A browser sets Host by itself').waitFor()
})

test('what is no field is not pretended to be sent (RFC 9110 §5.1, §5.5)', async () => {
  const { page } = await compose('/large')
  await page.getByLabel('Fields, one to a line').fill('If Match: 7\nX-Mark: ☃\nX-Name: a')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page
    .getByText('Left out, because a field is written as name: value, in Latin-1: If Match: 7, X-Mark: ☃')
    .waitFor()
})

test('the line for a shell, pasted there, gets the same', async () => {
  const { page } = await compose('/broken?no=such')
  await page.getByText('400', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'As curl' }).click()
  const line = (await page.locator('.copy pre').textContent()) ?? ''
  const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('curl', 'curl -s')])
  expect(stdout).toMatch(/^HTTP\/1\.1 400 /)
})

test('a key goes to no other origin', async () => {
  const { page } = await compose('//elsewhere.example/')
  await page.locator('.note').getByText('From here requests go to this API alone').waitFor()
})

test('a server that is gone is said to be', async () => {
  const gone = await startExplorer(SOURCE)
  const { page } = await gone.open(`#/operations/${encodeURIComponent('GET /large')}`)
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
  await gone.server.stop()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.locator('.note').getByText('There was no reply').waitFor()
  await gone.stop()
})
