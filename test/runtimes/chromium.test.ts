/** The browser that other tests use: text has a size, a page can be clicked. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, chromium, INSTALLING } from './chromium.ts'

let browser: Browser
beforeAll(async () => {
  browser = await chromium()
}, INSTALLING)
afterAll(() => browser.close())

test('a page over http is drawn, and answers a click', async () => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<button onclick="this.textContent = 409">conflict</button>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.click('button', { timeout: 5_000 })
    expect(await page.textContent('button')).toBe('409')
    await page.close()
  } finally {
    server.close()
  }
})
