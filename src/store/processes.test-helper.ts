/** Other processes for tests of the store: real ones, that hold locks, write, and are killed. */
import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { build, type Plugin } from 'esbuild'

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

const BUILT = resolve(import.meta.dirname, '../../dist/sqlite/driver.js')

/** Where a process finds the driver of this Node. */
export const DRIVER = `file://${BUILT}`

/** Leaves the driver where it is found: it is native code. */
export const driverApart: Plugin = {
  name: 'driver',
  setup: ({ onResolve }) => onResolve({ filter: /\/driver\.ts$/ }, () => ({ path: BUILT, external: true })),
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
    plugins: [driverApart],
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
    `import { driver } from ${JSON.stringify(DRIVER)}
     // Collected, it would let go.
     globalThis.held = new (driver())(process.argv[1])
     held.exec('BEGIN IMMEDIATE')
     console.log('held')
     process.stdin.resume()`,
    [path],
  )
  await holder.next()
  return holder
}
