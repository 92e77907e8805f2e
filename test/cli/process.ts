/** The `tenfour` command as a process of its own, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')
export const NEWSROOM = join(ROOT, 'examples/newsroom/api.ts')
const MAIN = join(ROOT, 'dist/cli/main.js')

export interface Folder {
  readonly path: string
  write(name: string, content: string): string
  remove(): void
}

/** A project as an author has it: its files, and the packages they import. */
export function newFolder(files: Readonly<Record<string, string>> = {}): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'tenfour-cli-')))
  mkdirSync(join(path, 'node_modules'))
  symlinkSync(join(ROOT, 'node_modules/zod'), join(path, 'node_modules/zod'))
  const folder: Folder = {
    path,
    write(name, content) {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
      return file
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
  for (const [name, content] of Object.entries(files)) folder.write(name, content)
  return folder
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Running {
  readonly child: ChildProcess
  /** Everything it has said so far. */
  readonly out: string
  readonly err: string
  readonly url: string
  readonly port: number
  /** Resolves once standard output or standard error matches. */
  says(pattern: RegExp, timeout?: number): Promise<RegExpExecArray>
  ended(): Promise<Ended>
  /** Asks it to end, and waits. */
  stop(): Promise<Ended>
}

export type Env = Readonly<Record<string, string>>

/** Runs the command to its end. */
export async function run(
  args: readonly string[],
  at: Folder,
  env: Env = {},
  input = '',
): Promise<Ended & { out: string; err: string }> {
  const process = begin(args, at, env)
  // It may end before it has read all.
  process.child.stdin?.on('error', () => undefined).end(input)
  const ended = await process.ended()
  return { ...ended, out: process.out, err: process.err }
}

/** `tenfour serve` on a free port, once it listens. */
export async function serve(file: string, at: Folder, env: Env = {}, args: readonly string[] = []): Promise<Running> {
  const process = begin(['serve', file, '--port', '0', ...args], at, env)
  const [, url = ''] = await process.says(/(http:\/\/[\d.]+:\d+)/)
  return Object.assign(process, { url, port: Number(new URL(url).port) })
}

function begin(args: readonly string[], at: Folder, env: Env): Running {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: at.path, env: { PATH, HOME, ...env } })
  const exit = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  let out = ''
  let err = ''
  const heard = new Set<() => void>()
  const hear = (): void => heard.forEach((listener) => listener())
  child.stdout.setEncoding('utf8').on('data', (text: string) => ((out += text), hear()))
  child.stderr.setEncoding('utf8').on('data', (text: string) => ((err += text), hear()))
  const ended = async (): Promise<Ended> => {
    const [code, signal] = await exit
    return { code, signal }
  }
  return {
    child,
    url: '',
    port: 0,
    get out() {
      return out
    },
    get err() {
      return err
    },
    says: (pattern, timeout = 15_000) =>
      new Promise((settle, reject) => {
        const look = (): void => {
          const found = pattern.exec(out) ?? pattern.exec(err)
          if (found === null) return
          done()
          settle(found)
        }
        const fail = (why: string): void => {
          done()
          reject(new Error(`${why} without ${pattern}; it said:\n${out}\n${err}`))
        }
        const timer = setTimeout(() => fail('time passed'), timeout)
        const done = (): void => {
          clearTimeout(timer)
          heard.delete(look)
        }
        heard.add(look)
        void exit.then(() => fail('it ended'))
        look()
      }),
    ended,
    async stop() {
      child.kill('SIGTERM')
      return ended()
    },
  }
}
