/**
 * `tenfour serve` as its users run it: a process of its own, in production, on a database file.
 *
 * It can be looked into (the delay of its event loop, its heap), so that what must not block is measured where it
 * would block.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const ROOT = resolve(import.meta.dirname, '../..')
const COMMAND = join(ROOT, 'dist/cli/main.js')
const PROBE = join(import.meta.dirname, 'probe.js')

const NEWSROOM = join(ROOT, 'examples/newsroom/api.ts')

/** Keys of the two accounts that the newsroom is seeded with. */
export const BASIC = 'basic-key'
export const ADMIN = 'admin-key'

export interface ServerOptions {
  readonly api?: string
  /** Options of node itself. */
  readonly node?: readonly string[]
  /** A shell script that ends by running `"$@"`, the server; for limits that are set before it starts. */
  readonly shell?: string
  /** The command and options of that shell. */
  readonly within?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A line of its log. */
interface Line {
  readonly level: number
  readonly msg: string
  readonly reference?: string
  readonly status?: number
  /** The question at which it was thrown. */
  readonly at?: string
  readonly err?: unknown
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** All it has written to standard error. */
  readonly said: string
}

interface Inside {
  /** The longest that the event loop was held since it was last asked, in milliseconds. */
  readonly held: number
  /** Octets in use once what is not used has been collected. */
  readonly heap: number
}

export interface Server {
  readonly port: number
  readonly pid: number
  readonly log: readonly Line[]
  /** Settles when the process has ended. */
  readonly ended: Promise<Ended>
  /** A line to the shell it runs in. */
  tell(line: string): void
  signal(signal: NodeJS.Signals): void
  inside(): Promise<Inside>
  /** Ends it at once, and waits until it has. */
  kill(): Promise<void>
}

const running = new Set<Server>()

/** For `afterEach`. */
export async function killAll(): Promise<void> {
  await Promise.all([...running].map((one) => one.kill()))
}

/** Resolves when it listens; rejects with what it said when it ends instead. */
export async function startServer(database: string, options: ServerOptions = {}): Promise<Server> {
  const { child, log, ended } = launch(database, options)
  const server: Server = {
    get port() {
      const listening = log.find(({ msg }) => msg === 'listening')
      return Number(listening === undefined || !('url' in listening) ? 0 : new URL(String(listening.url)).port)
    },
    pid: child.pid ?? 0,
    log,
    ended,
    tell: (line) => void child.stdin.write(`${line}\n`),
    signal: (signal) => void child.kill(signal),
    async inside() {
      const [told] = (await Promise.all([once(child, 'message'), child.send('inside')]))[0] as [Inside]
      return told
    },
    async kill() {
      running.delete(server)
      child.kill('SIGKILL')
      await ended
    },
  }
  running.add(server)
  const early = ended.then(({ code, said }) => {
    running.delete(server)
    throw new Error(`the server ended with ${code}: ${said}`)
  })
  early.catch(() => undefined)
  const listens = until('the server listens', () => server.port > 0, 30_000)
  await Promise.race([listens, early])
  listens.catch(() => undefined)
  return server
}

/** What a server says that is expected to end by itself. */
export function runServer(database: string, options: ServerOptions = {}): Promise<Ended> {
  return launch(database, options).ended
}

function launch(database: string, { api = NEWSROOM, node = [], shell, within = ['sh'], env = {} }: ServerOptions) {
  const server = [process.execPath, '--expose-gc', '--import', PROBE, ...node, COMMAND, 'serve', api]
  const [command = '', ...args] = shell === undefined ? server : [...within, '-c', shell, 'sh', ...server]
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: `file:${database}`,
      PORT: '0',
      HOST: '127.0.0.1',
      BASIC_KEY: BASIC,
      ADMIN_KEY: ADMIN,
      ...env,
    },
  })
  const { stdin, stdout, stderr } = child
  if (stdin === null || stdout === null || stderr === null) throw new TypeError('no pipes')
  stdin.on('error', () => undefined)
  const log: Line[] = []
  createInterface({ input: stdout }).on('line', (line) => log.push(parseLine(line)))
  let said = ''
  stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  const ended = once(child, 'close').then(([code, signal]: unknown[]): Ended => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    said,
  }))
  return { child: Object.assign(child, { stdin }), log, ended }
}

function parseLine(line: string): Line {
  try {
    return JSON.parse(line) as Line
  } catch {
    return { level: 0, msg: line }
  }
}

/** Waits for a condition; `what` is named when it does not come true in time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, patience = 15_000): Promise<void> {
  for (const late = Date.now() + patience; !(await holds());) {
    if (Date.now() > late) throw new Error(`not in time: ${what}`)
    await sleep(20)
  }
}
