/** Other processes for tests of the store: real ones, that hold locks, write, and are killed. */
import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'

const require = createRequire(import.meta.url)
const DRIVER = require.resolve('better-sqlite3')

export interface Process {
  readonly child: ChildProcess
  /** The lines it prints. */
  readonly lines: AsyncIterableIterator<string>
  /** The next line; throws when it ends without one. */
  next(): Promise<string>
  /** Sends a line to it. */
  send(line: string): void
  /** Ends it at once, and waits until it has. */
  kill(): Promise<void>
}

/** Makes the store one JavaScript file in `folder`, for other processes to import; returns its path. */
export async function bundleStore(folder: string): Promise<string> {
  const outfile = join(folder, 'store.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'index.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    alias: { 'better-sqlite3': DRIVER },
    external: [DRIVER],
    logLevel: 'error',
  })
  return outfile
}

/** Runs a module given as text; it may `import` the bundle, and reads its arguments from `process.argv`. */
export function runModule(source: string, args: readonly string[], options: SpawnOptions = {}): Process {
  return startProcess(process.execPath, ['--input-type=module', '-e', source, ...args], options)
}

export function startProcess(command: string, args: readonly string[], options: SpawnOptions = {}): Process {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], ...options })
  const exited = once(child, 'exit')
  if (child.stdout === null || child.stdin === null) throw new Error('no pipes')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const { stdin } = child
  stdin.on('error', () => undefined)
  return {
    child,
    lines,
    async next() {
      const { value, done } = await lines.next()
      if (done === true || value === undefined) throw new Error('the process ended without a word')
      return value
    },
    send: (line) => void stdin.write(`${line}\n`),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** A process that takes the write lock on a database and holds it until it is killed. */
export async function holdLock(path: string): Promise<Process> {
  const holder = runModule(
    `import Database from ${JSON.stringify(DRIVER)}
     const database = new Database(process.argv[1])
     database.exec('BEGIN IMMEDIATE')
     console.log('held')
     process.stdin.resume()`,
    [path],
  )
  await holder.next()
  return holder
}
