/** Each runtime: how the suite gets into it, and its results out of it. */
import { execFile, spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { chromium } from './chromium.ts'
import { installed } from './installed.ts'
import { startPage } from './page.ts'
import type { Context, Results } from './suite.ts'

/** `folder`: for files of its own. */
type Launch = (folder: string, context: Context) => Promise<Results>

export const RUNTIMES: Readonly<Record<string, Launch>> = {
  Node: async (folder, context) => printedBy(process.execPath, await printing(folder, context)),
  Bun: async (folder, context) => printedBy(await binary('@oven', 'bin/bun'), await printing(folder, context)),
  Deno: async (folder, context) =>
    printedBy(
      await binary('@deno', 'deno'),
      'run',
      '--no-config',
      '--allow-net',
      '--v8-flags=--expose-gc',
      await printing(folder, context),
    ),
  workerd: inWorkerd,
  Chromium: inChromium,
}

function printing(folder: string, context: Context): Promise<string> {
  return bundle(folder, `console.log(JSON.stringify(await run(${JSON.stringify(context)})))`)
}

async function printedBy(program: string, ...args: readonly string[]): Promise<Results> {
  const { stdout } = await promisify(execFile)(program, args, { timeout: LONGEST })
  return JSON.parse(stdout)
}

/** A worker may wait for nothing but while it answers a request. */
async function inWorkerd(folder: string, context: Context): Promise<Results> {
  await bundle(folder, `export default { fetch: async () => Response.json(await run(${JSON.stringify(context)})) }`)
  const port = await freePort()
  const config = join(folder, 'workerd.capnp')
  writeFileSync(config, workerdConfig(port))
  const worker = spawn(await binary('@cloudflare', 'bin/workerd'), ['serve', config], { stdio: 'inherit' })
  try {
    const response = await fetchOnceThere(`http://127.0.0.1:${port}/`)
    return await response.json()
  } finally {
    worker.kill()
  }
}

const workerdConfig = (port: number): string => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .suite),
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const suite :Workerd.Worker = (
  modules = [(name = "suite.mjs", esModule = embed "suite.mjs")],
  compatibilityDate = "2026-10-01",
);
`

async function inChromium(folder: string, context: Context): Promise<Results> {
  const page = await startPage(folder, context.newsroom)
  const inPage = { ...context, newsroom: page.url, followsByItself: true }
  await bundle(folder, `globalThis.results = run(${JSON.stringify(inPage)})`)
  const browser = await chromium()
  try {
    const tab = await browser.newPage()
    await tab.goto(`${page.url}/suite.html`)
    return await tab.evaluate<Results>('results')
  } finally {
    await browser.close()
    page.stop()
  }
}

/** The suite and the client as one file that runs in any of them, with one more line. */
async function bundle(folder: string, line: string): Promise<string> {
  const outfile = join(folder, 'suite.mjs')
  await build({
    stdin: { contents: `import { run } from './suite.ts'\n${line}`, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    outfile,
  })
  return outfile
}

/** Of the packages in a scope the one for this platform is installed, and no other. */
async function binary(scope: string, path: string): Promise<string> {
  const folder = join(await installed(), scope)
  const [platform = ''] = readdirSync(folder)
  return join(folder, platform, path)
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function fetchOnceThere(url: string): Promise<Response> {
  for (let tries = 0; ; tries++) {
    try {
      return await fetch(url, { signal: AbortSignal.timeout(LONGEST) })
    } catch (error) {
      if (tries === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

const LONGEST = 120_000
