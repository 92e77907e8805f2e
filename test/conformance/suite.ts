/**
 * The public tests for HTTP caches, http-cache-tests, as a browser runs them: through `fetch`, against their own
 * server; counted by their own rules, by which a test counts only if those that it depends on have passed.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installed } from '../runtimes/installed.ts'

type Kind = 'required' | 'optimal' | 'check'

interface Test {
  readonly id: string
  readonly name: string
  readonly kind?: Kind
  readonly browser_skip?: boolean
}

interface Group {
  readonly tests: readonly Test[]
}

/** What is made of one test, true or what stood against it. */
type Results = Readonly<Record<string, true | readonly [error: string, message: string]>>

interface Runner {
  runTests(groups: readonly Group[], fetch: Fetch, browser: boolean, base: string, atOnce: number): Promise<void>
  getResults(): Results
}

interface Display {
  determineTestResult(groups: readonly Group[], id: string, results: Results): readonly string[]
}

type Fetch = (input: string, init?: RequestInit) => Promise<Response>

export interface Verdict {
  readonly id: string
  readonly kind: Kind
  readonly passed: boolean
  /** What stood against it. */
  readonly why: string
}

/** Every test that a browser would run, with what became of it. Once in a process. */
export async function conformance(fetch: Fetch): Promise<readonly Verdict[]> {
  const suite = join(await installed(), 'http-cache-tests')
  const load = async <M>(path: string, query = ''): Promise<M> =>
    (await import(/* @vite-ignore */ `${pathToFileURL(join(suite, path)).href}${query}`)) as M
  const { runTests, getResults } = await load<Runner>('client/runner.mjs')
  const { testResults } = await load<{ testResults: Record<string, Results[string]> }>('client/test.mjs')
  const { determineTestResult } = await load<Display>('lib/display.mjs')
  const { default: groups } = await load<{ default: readonly Group[] }>('tests/index.mjs')
  const server = await serve(suite)
  try {
    await runTests(groups, fetch, true, server.url, AT_ONCE)
    for (let again = 0; again < AGAIN; again++) {
      // A runner runs whatever it was ever given, and nothing that has a result: another one, with the same results.
      const runner = await load<Runner>('client/runner.mjs', `?again=${again}`)
      const late = notPassed(groups, testResults)
      for (const { id } of late.flatMap(({ tests }) => tests)) delete testResults[id]
      await runner.runTests(late, fetch, true, server.url, AT_ONCE)
    }
  } finally {
    server.stop()
  }
  const results = getResults()
  return groups
    .flatMap(({ tests }) => tests)
    .filter((test) => test.browser_skip !== true)
    .map(({ id, kind = 'required' }) => ({
      id,
      kind,
      passed: PASSED.includes(determineTestResult(groups, id, results)[2] ?? ''),
      why: explain(results[id]),
    }))
}

/** What waits for seconds can be late by accident: what has failed is asked again, so often at most. */
const AGAIN = 2

/** Groups with those of their tests that count and have not passed by themselves. */
function notPassed(groups: readonly Group[], results: Results): readonly Group[] {
  return groups
    .map(({ tests }) => tests.filter(({ id, kind }) => kind !== 'check' && id in results && results[id] !== true))
    .map((tests) => ({ tests }))
}

/** Its tests wait for three seconds at a time; more of them at once would be late on a small machine. */
const AT_ONCE = 60

/** Its signs for a test that has passed, and for a check that holds. */
const PASSED = ['✅', 'Y']

function explain(result: Results[string] | undefined): string {
  if (result === undefined) return 'did not run'
  return result === true ? 'depends on one that fails' : result.join(': ')
}

async function serve(suite: string): Promise<{ readonly url: string; stop(): void }> {
  const port = await freePort()
  const server = spawn(process.execPath, ['server/server.mjs'], {
    cwd: suite,
    env: {
      ...process.env,
      npm_config_protocol: 'http',
      npm_config_port: String(port),
      npm_config_pidfile: '/dev/null',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(server.stdout, 'data')
  return { url: `http://localhost:${port}`, stop: () => void server.kill() }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}
