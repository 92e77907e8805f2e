/** Listens, and says in words why that is not possible. */
import type { Api } from '../server/declare/define-api.ts'
import { createEngine, type Engine, type InnerOptions } from '../server/engine/engine.ts'
import type { Running, ServeOptions } from '../server/serving.ts'
import { serveEngine } from '../server/shell/node.ts'
import type { Call } from './command.ts'
import { databaseFailure } from './database.ts'
import { Failure } from './failure.ts'
import { retyped } from './retyped.ts'

interface Options extends InnerOptions, Pick<ServeOptions, 'host' | 'port'> {
  /** What was typed, and may be typed again. */
  readonly call: Call
}

/** Closes the database when it fails. */
export async function listen(api: Api, database: string, options: Options): Promise<Running<Engine>> {
  try {
    return await serveEngine(await createEngine(api, options), options)
  } catch (error) {
    await options.store.close()
    throw portFailure(error, options) ?? databaseFailure(error, api.declaration, database)
  }
}

function portFailure(error: unknown, { port = 0, host = '', call }: Options): Failure | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return new Failure(`Port ${port} on ${host} is taken by another process.`, {
        next: `Take another port, or any that is free:\n\n  ${retyped(call, 'port', `${port + 1}`)}\n  ${retyped(call, 'port', '0')}`,
        cause: error,
      })
    case 'EACCES':
      return new Failure(`Port ${port} needs rights that this process does not have.`, {
        next: `Take one from 1024 upwards:\n\n  ${retyped(call, 'port', '4010')}`,
        cause: error,
      })
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Failure(`${host} is no address of this machine.`, {
        next: `For this machine alone, or for every network it is in:\n\n  ${retyped(call, 'host', '127.0.0.1')}\n  ${retyped(call, 'host', '0.0.0.0')}`,
        cause: error,
      })
    default:
      return undefined
  }
}
