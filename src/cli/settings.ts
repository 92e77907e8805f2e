/** What the environment and the options of `serve` say together; an option has the last word. */
import { basename, dirname } from 'node:path'
import type { Call } from './command.ts'
import { Failure } from './failure.ts'

export interface Settings {
  readonly port: number
  readonly host: string
  readonly database: string
  readonly production: boolean
  readonly watch: boolean
  /** In production, a line for each request. */
  readonly accessLog: boolean
  /** In production, the role that may read why a request got its code. */
  readonly traces: string | undefined
  /** What was typed. */
  readonly call: Call
}

export function settingsOf(call: Call, file: string): Settings {
  const production = isProduction(variable(call, 'NODE_ENV'))
  return {
    port: portOf(call),
    host: hostOf(call),
    database: databaseOf(call, file),
    production,
    watch: call.flag('watch') ?? !production,
    accessLog: call.flag('log') ?? variable(call, 'LOG') === 'access',
    traces: call.text('traces') ?? variable(call, 'TRACES'),
    call,
  }
}

/** Where the items of an API live. */
export function databaseOf(call: Call, file: string): string {
  return call.text('database') ?? variable(call, 'DATABASE_URL') ?? `file:./data/${nameOf(file)}.db`
}

/**
 * From the environment, without blanks around it. An empty one is not set: `PORT=` is how a file of settings leaves it
 * to us, and an empty HOST would mean every network the machine is in.
 */
function variable({ host }: Call, name: string): string | undefined {
  return host.env[name]?.trim() || undefined
}

/** The name of the file, or of its folder where the file's name says nothing. */
function nameOf(file: string): string {
  const name = basename(file).replace(/\.\w+$/, '')
  const folder = basename(dirname(file))
  if (name !== 'api' && name !== 'index') return name
  return folder === 'src' ? basename(dirname(dirname(file))) || name : folder || name
}

/** What is only nearly `production` would serve strangers the aids of development. */
function isProduction(mode = ''): boolean {
  if (mode !== 'production' && /^prod/i.test(mode))
    throw new Failure(`NODE_ENV: ${JSON.stringify(mode)} is not production, and looks as if it were meant to be.`, {
      kind: 'misused',
      next: 'Production is written in full and small:\n\n  NODE_ENV=production',
    })
  return mode === 'production'
}

/** Where a server of this machine listens unless told otherwise. */
export function portOf(call: Call): number {
  const typed = call.text('port')
  const text = typed ?? variable(call, 'PORT') ?? '4010'
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Failure(`${typed === undefined ? 'PORT' : '--port'}: ${JSON.stringify(text)} is no port.`, {
    kind: 'misused',
    next: `A port is a number from 0 to 65535; 0 takes any that is free:\n\n  ${typed === undefined ? 'PORT=4011' : 'npx tenfour serve --port 4011'}`,
  })
}

function hostOf(call: Call): string {
  const typed = call.text('host')
  if (typed !== '') return typed ?? variable(call, 'HOST') ?? '127.0.0.1'
  throw new Failure('--host: an empty address is none.', {
    kind: 'misused',
    next: 'For this machine alone:\n\n  npx tenfour serve --host 127.0.0.1',
  })
}
