/**
 * A real browser, without a window, from a package: `const browser = await chromium()`, in a hook with the
 * patience of `INSTALLING`. Whoever launches it closes it.
 *
 * The package is for Linux on x64; elsewhere name a Chromium or Chrome of your own with `CHROMIUM=/path/to/it`.
 */
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { installed } from './installed.ts'

export type { Browser, Page } from 'playwright-core'
export { INSTALLING } from './installed.ts'

export async function chromium(): Promise<Browser> {
  const unpacked = join(await installed(), '.chromium')
  const { chromium: launcher } = await import('playwright-core')
  return launcher.launch({
    executablePath: process.env.CHROMIUM ?? join(unpacked, 'chromium'),
    headless: true,
    args: QUIET,
    env: {
      ...process.env,
      FONTCONFIG_FILE: join(unpacked, 'fonts.conf'),
      LD_LIBRARY_PATH: join(unpacked, 'al2023', 'lib'),
    },
  })
}

/** It talks to nobody but the page's servers. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
