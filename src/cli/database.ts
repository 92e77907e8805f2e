/** Opens the database that is named, and says in words why it cannot be used. */
import type { ApiDeclaration } from '../server/declare/declaration.ts'
import { type Engine, type InnerOptions, createEngine } from '../server/engine/engine.ts'
import type { Api } from '../server/declare/define-api.ts'
import type { Log, Store } from '../server/operation.ts'
import { openStore } from '../store/index.ts'
import { Failure } from './failure.ts'
import { logStore } from './log.ts'

export async function openDatabase(url: string, log: Log): Promise<Store> {
  try {
    return await openStore(url, { log: logStore(log) })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error.name === 'DriverMissing')
      throw new Failure(`${error.message}.`, {
        next: 'Install it again, and let it be built:\n\n  npm install --include=optional\n  npm rebuild',
        cause: error,
      })
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
    throw new Failure(`The database ${url} cannot be opened: ${error.message}${cause}`, {
      kind: error instanceof TypeError ? 'misused' : 'failed',
      next: url.includes(':')
        ? 'Name another:\n\n  DATABASE_URL=file:./data/app.db'
        : `If you mean a SQLite file:\n\n  DATABASE_URL=file:${url || './data/app.db'}`,
      cause: error,
    })
  }
}

/** An engine over an API and its database. Closes the database when they do not fit. */
export async function prepareEngine(api: Api, url: string, options: InnerOptions): Promise<Engine> {
  try {
    return await createEngine(api, options)
  } catch (error) {
    await options.store.close()
    throw databaseFailure(error, api.declaration, url)
  }
}

/** The failures that an operator mends: a declaration that the stored items do not fit, and a seed that is wrong. */
export function databaseFailure(error: unknown, { title }: ApiDeclaration, url: string): unknown {
  if (!(error instanceof Error)) return error
  if (error.name === 'MigrationRefused')
    return new Failure(error.message, {
      next: `Mend the declaration or the items; or serve ${title} from another file, and keep this one:\n\n  DATABASE_URL=file:./data/new.db (now ${url})`,
      cause: error,
    })
  if (error.message.startsWith('seed'))
    return new Failure(error.message, {
      next: 'Mend the seed where the API is declared, or the environment that it reads.',
      cause: error,
    })
  return error
}
