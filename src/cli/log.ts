/** The server's log: for a person in development, JSON in production. */
import { inspect } from 'node:util'
import type { Logger } from 'pino'
import type { Log } from '../server/operation.ts'
import type { StoreEvent } from '../store/index.ts'
import type { Host } from './host.ts'

/** Words and stacks, to standard error. */
export function developmentLog({ err, colours }: Host): Log {
  const tell = (fields: object, message: string): void => {
    const { err: thrown, ...rest } = fields as { readonly err?: unknown }
    const facts = Object.entries(rest).map(([name, value]) => `${name}=${String(value)}`)
    err([message, ...facts].join(' '))
    if (thrown !== undefined) err(inspect(thrown, { colors: colours }))
  }
  return { info: tell, warn: tell, error: tell }
}

/** One line of JSON each, to standard output. What writes them is loaded with the first. */
export function productionLog(): Log {
  let made: Promise<Logger> | undefined
  const logger = (): Promise<Logger> => (made ??= loggerTo(() => (made = undefined)))
  return {
    info: (fields, message) => void logger().then((ready) => ready.info(fields, message)),
    warn: (fields, message) => void logger().then((ready) => ready.warn(fields, message)),
    error: (fields, message) => void logger().then((ready) => ready.error(fields, message)),
  }
}

/** `failed`: what it had to write is lost, and it writes no more. */
async function loggerTo(failed: () => void): Promise<Logger> {
  const { destination, pino, stdSerializers } = await import('pino')
  const lines = destination(1)
  lines.on('error', ({ code }: NodeJS.ErrnoException) => {
    // Nobody reads on: pino writes no more by itself.
    if (code === 'EPIPE') return
    // A disk that is full may have room again. What is kept till then would be tried for ever at the end of the process.
    lines.destroy()
    failed()
  })
  return pino({ base: null, serializers: { err: (thrown) => readable(thrown, stdSerializers.err) } }, lines)
}

/** Whatever was thrown, the log can have it: reading it may throw as well. */
function readable(thrown: Error, read: (thrown: Error) => unknown): unknown {
  try {
    return read(thrown)
  } catch {
    return inspect(thrown)
  }
}

/** What a store has to say, in the server's log. */
export function logStore(log: Log): (event: StoreEvent) => void {
  return (event) => {
    switch (event.kind) {
      case 'restored':
        return log.info({}, 'the database answers again')
      case 'migrated':
        return tellMigration(log, event.statements)
      case 'unreachable':
        return log.error({ err: event.cause }, 'the database cannot be reached')
    }
  }
}

/** Tables that are made for the first time are no news. */
function tellMigration(log: Log, statements: readonly string[]): void {
  const news = statements.filter((statement) => !/^\s*create\b/i.test(statement))
  if (news.length > 0) log.info({ statements: news }, 'the database was made to fit the declaration')
}
