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
  const logger = once(async (): Promise<Logger> => {
    const { pino, stdSerializers } = await import('pino')
    return pino({ base: null, serializers: { err: (thrown) => readable(thrown, stdSerializers.err) } })
  })
  return {
    info: (fields, message) => void logger().then((ready) => ready.info(fields, message)),
    warn: (fields, message) => void logger().then((ready) => ready.warn(fields, message)),
    error: (fields, message) => void logger().then((ready) => ready.error(fields, message)),
  }
}

/** Whatever was thrown, the log can have it: reading it may throw as well. */
function readable(thrown: Error, read: (thrown: Error) => unknown): unknown {
  try {
    return read(thrown)
  } catch {
    return inspect(thrown)
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
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
