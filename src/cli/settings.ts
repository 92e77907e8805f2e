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
}

export function settingsOf(call: Call, file: string): Settings {
  const { env } = call.host
  const production = env.NODE_ENV === 'production'
  return {
    port: portOf(call.text('port') ?? env.PORT ?? '4010'),
    host: call.text('host') ?? env.HOST ?? '127.0.0.1',
    database: databaseOf(call, file),
    production,
    watch: call.flag('watch') ?? !production,
    accessLog: call.flag('log') ?? env.LOG === 'access',
  }
}

/** Where the items of an API live. */
export function databaseOf(call: Call, file: string): string {
  return call.text('database') ?? call.host.env.DATABASE_URL ?? `file:./data/${nameOf(file)}.db`
}

/** The name of the file, or of its folder where the file's name says nothing. */
function nameOf(file: string): string {
  const name = basename(file).replace(/\.\w+$/, '')
  const folder = basename(dirname(file))
  if (name !== 'api' && name !== 'index') return name
  return folder === 'src' ? basename(dirname(dirname(file))) || name : folder || name
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Failure(`${JSON.stringify(text)} is no port.`, {
    kind: 'misused',
    next: 'A port is a number from 0 to 65535; 0 takes any that is free:\n\n  tenfour serve --port 4011',
  })
}
