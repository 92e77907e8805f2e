/**
 * What is typed, done: the only place with the process, its arguments and its exit code. 0 it worked;
 * 1 it did not; 2 it was typed wrongly; 128 + N when a second signal N did not wait for the end.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Call, Command, Done } from './command.ts'
import { COMMANDS } from './commands.ts'
import { Failure, type FailureKind, formatFailure } from './failure.ts'
import { help } from './help.ts'
import type { Host } from './host.ts'
import { textOf } from './input.ts'
import { broken, endSoon, endWithReader, stopped } from './process.ts'

const EXIT: Readonly<Record<Done | FailureKind, number>> = { ok: 0, failed: 1, misused: 2 }

const host: Host = {
  folder: process.cwd(),
  env: process.env,
  colours:
    process.env.FORCE_COLOR === undefined
      ? process.stdout.isTTY && process.stdout.hasColors()
      : process.env.FORCE_COLOR !== '0',
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  input: () => textOf(process.stdin),
  mapStacks: () => process.setSourceMapsEnabled(true),
  stopped,
  broken,
}

endWithReader()
process.exitCode = EXIT[await run(process.argv.slice(2))]
endSoon()

async function run(typed: readonly string[]): Promise<Done | FailureKind> {
  try {
    return await dispatch(typed)
  } catch (error) {
    const debug = /(^|[\s,])tenfour($|[\s,])/.test(process.env.DEBUG ?? '')
    if (!(error instanceof Failure)) {
      host.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
      return 'failed'
    }
    host.err(formatFailure(error))
    if (debug) host.err(`\n${error.stack}`)
    if (debug && error.cause instanceof Error) host.err(`caused by ${error.cause.stack}`)
    return error.kind
  }
}

async function dispatch(typed: readonly string[]): Promise<Done> {
  // `help serve` is another way to type `serve --help`.
  const [name, ...rest] = typed[0] === 'help' ? [...typed.slice(1), '--help'] : typed
  if (name === '--version' || name === '-v') return say(version())
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return say(help())
  const command = await commandNamed(name)
  if (rest.includes('--help') || rest.includes('-h')) return say(help(name))
  return command.run(await parse(name, command, rest))
}

async function commandNamed(name: string): Promise<Command> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command !== undefined) return command
  const near = await meantOf(name, Object.keys(COMMANDS))
  throw new Failure(`tenfour has no command ${JSON.stringify(name)}${near || '.'}`, { kind: 'misused', next: help() })
}

function say(what: string): Done {
  host.out(what)
  return 'ok'
}

async function parse(name: string, command: Command, args: readonly string[]): Promise<Call> {
  const { values, positionals } = await understood(name, command, () =>
    parseArgs({
      args: [...args],
      options: Object.fromEntries(
        Object.entries(command.options).map(([option, { type, multiple = false }]) => [option, { type, multiple }]),
      ),
      allowPositionals: true,
      allowNegative: true,
    }),
  )
  if (positionals.length > command.most)
    throw misuse(name, `tenfour ${name} does not know what to do with ${JSON.stringify(positionals.at(-1))}.`)
  return {
    name,
    words: positionals,
    options: values,
    text: (option) => [values[option]].flat().findLast((value) => typeof value === 'string'),
    texts: (option) => [values[option]].flat().filter((value) => typeof value === 'string'),
    flag: (option) => [values[option]].flat().findLast((value) => typeof value === 'boolean'),
    host,
  }
}

/** What `parseArgs` throws is about what was typed. */
async function understood<T>(name: string, { options }: Command, work: () => T): Promise<T> {
  try {
    return work()
  } catch (error) {
    const [what = ''] = String(error instanceof Error ? error.message : error).split('. ')
    const unknown = /^Unknown option '(--[^']+)'/.exec(what)?.[1]
    const known = Object.keys(options).flatMap((option) => [`--${option}`, `--no-${option}`])
    throw misuse(name, `${what}${unknown === undefined ? '' : await meantOf(unknown, known)}`)
  }
}

/** Looked for only when something was mistyped: a start has no time to lose. */
async function meantOf(name: string, known: readonly string[]): Promise<string> {
  const { meant, nearest } = await import('../server/declare/nearest.ts')
  return meant(nearest(name, known))
}

function misuse(name: string, message: string): Failure {
  return new Failure(message, { kind: 'misused', next: help(name) })
}

function version(): string {
  const { version: ours } = JSON.parse(readFileSync(new URL(import.meta.resolve('tenfour/package.json')), 'utf8')) as {
    version: string
  }
  return ours
}
