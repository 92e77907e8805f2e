/** `tenfour openapi`: the description of an API, without its database. */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Engine } from '../server/engine/engine.ts'
import { openApi } from '../server/openapi/openapi.ts'
import type { Call, Done } from './command.ts'
import { Failure } from './failure.ts'
import { findApi, loadApi } from './load.ts'
import { developmentLog } from './log.ts'
import { NO_STORE } from './no-store.ts'

export async function openApiCommand(call: Call): Promise<Done> {
  const { host } = call
  const { value: api } = await loadApi(findApi(call.words[0], host, 'openapi'), host)
  const { operations } = new Engine(api, { store: NO_STORE, log: developmentLog(host) })
  const text = JSON.stringify(openApi(api.declaration, operations), null, 2)
  const file = call.text('out')
  if (file === undefined) host.out(text)
  else await writeFile(resolve(host.folder, file), `${text}\n`).catch((error: unknown) => refuse(file, error))
  return 'ok'
}

function refuse(file: string, error: unknown): never {
  const why = error instanceof Error ? (error.message.split(',')[0] ?? '') : String(error)
  throw new Failure(`${file} cannot be written: ${why}`, {
    next: 'Name another:\n\n  npx tenfour openapi --out openapi.json',
    cause: error,
  })
}
