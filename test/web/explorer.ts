/** The newsroom served by the command in a process of its own, and a real browser in front of its explorer. */
import { type Browser, chromium, type Page } from '../runtimes/chromium.ts'
import { newFolder, NEWSROOM, type Running, serve } from '../cli/process.ts'

export const KEYS = { basic: 'basic-key-of-the-test', admin: 'admin-key-of-the-test' }

export interface Explorer {
  readonly url: string
  readonly server: Running
  readonly browser: Browser
  /** A page of its own, with the keys, at a fragment such as `#/codes`. Whatever its script throws is in `faults`. */
  open(fragment?: string, options?: PageOptions): Promise<Opened>
  stop(): Promise<void>
}

export interface Opened {
  readonly page: Page
  readonly faults: readonly string[]
}

interface PageOptions {
  readonly dark?: boolean
  readonly width?: number
}

/** `source`: of another API than the newsroom. */
export async function startExplorer(source?: string): Promise<Explorer> {
  const folder = newFolder()
  const file = source === undefined ? NEWSROOM : folder.write('api.ts', source)
  const [server, browser] = await Promise.all([
    serve(file, folder, { BASIC_KEY: KEYS.basic, ADMIN_KEY: KEYS.admin }),
    chromium(),
  ])
  return {
    url: server.url,
    server,
    browser,
    async open(fragment = '#/', { dark = false, width = 1100 } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
      })
      const page = await context.newPage()
      const faults: string[] = []
      page.on('pageerror', ({ message }) => faults.push(message))
      page.setDefaultTimeout(10_000)
      await page.goto(`${server.url}/.tenfour/#/keys/${new URLSearchParams(KEYS)}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      if (fragment !== '#/') await page.goto(`${server.url}/.tenfour/${fragment}`)
      return { page, faults }
    },
    async stop() {
      await browser.close()
      await server.stop()
      folder.remove()
    },
  }
}
