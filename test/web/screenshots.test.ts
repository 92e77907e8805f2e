/** Pictures of the explorer. `npm run screenshots` puts them into docs/; a test sees to it that it can. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import lesson from '../../examples/newsroom/lesson.ts'
import { ROOT } from '../cli/process.ts'
import { INSTALLING, type Page } from '../runtimes/chromium.ts'
import { type Explorer, startExplorer } from './explorer.ts'

const kept = process.env.SCREENSHOTS === 'docs'
const folder = kept ? join(ROOT, 'docs') : mkdtempSync(join(tmpdir(), 'tenfour-pictures-'))

let explorer: Explorer
beforeAll(async () => {
  explorer = await startExplorer()
}, INSTALLING)
afterAll(async () => {
  await explorer.stop()
  if (!kept) rmSync(folder, { recursive: true })
})

test('the board, and why not 204, in light, in dark and on a phone', async () => {
  for (const [name, options] of [
    ['', { width: 1000 }],
    ['-dark', { width: 1000, dark: true }],
    ['-phone', { width: 360 }],
  ] as const) {
    const { page } = await explorer.open('#/', options)
    for (const { code } of lesson) {
      await page.getByRole('button', { name: `Get one with ${code}` }).click()
      await page.locator('.notice').getByText(String(code), { exact: true }).waitFor()
    }
    await page.getByText(`${lesson.length} of ${lesson.length}.`).waitFor()
    await page.getByRole('button', { name: 'Get one with 403' }).click()
    await page.locator('.notice').getByText('403', { exact: true }).waitFor()
    await take(page, `explorer-board${name}`)
    await page.locator('.notice').getByRole('link', { name: 'See its path' }).click()
    await page.locator('.rung[data-standing=decided]').waitFor()
    await take(page, `explorer-why${name}`)
  }
})

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate('scrollTo(0, 0); document.activeElement.blur()')
  await page.mouse.move(0, 0)
  await page.waitForTimeout(400)
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path })
  const { size } = statSync(path)
  // Something is on it, and it weighs little enough to be kept.
  expect([name, size > 20_000, size < 120_000]).toEqual([name, true, true])
}
