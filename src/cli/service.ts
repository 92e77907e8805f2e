/**
 * A file being served: loaded, listening, and loaded again when it changes.
 *
 * A new engine comes with a store of its own, so the one before it ends its requests undisturbed;
 * what is broken replaces nothing.
 */
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import type { Api } from '../server/declare/define-api.ts'
import { Development } from '../server/development/development.ts'
import type { Engine, InnerOptions } from '../server/engine/engine.ts'
import type { Running } from '../server/serving.ts'
import type { Log, Store } from '../server/operation.ts'
import { openDatabase, prepareEngine } from './database.ts'
import { explorerFor } from './explorer.ts'
import { Failure, formatFailure } from './failure.ts'
import type { Host } from './host.ts'
import { listen } from './listen.ts'
import { loadApi, type Loaded } from './load.ts'
import { observer } from './observe.ts'
import { locator } from './places.ts'
import type { Settings } from './settings.ts'
import { type Watch, watchFiles } from './watch.ts'

export interface Service {
  readonly running: Running<Engine>
  /** Answers what has begun, then lets go of the database. */
  stop(): Promise<void>
}

export async function startService(
  file: string,
  first: Loaded<Api>,
  settings: Settings,
  log: Log,
  host: Host,
): Promise<Service> {
  const { database, production, traces } = settings
  if (traces !== undefined && first.value.declaration.accounts === undefined)
    throw new Failure('Traces are for a role, and this API has no accounts.', {
      kind: 'misused',
      next: 'Declare accounts, or leave --traces out.',
    })
  const development = production ? undefined : new Development(explorerFor(file, host))
  const use = ({ version }: Loaded<Api>): void => {
    if (development !== undefined) development.traces.locate = locator(version, host.folder)
  }
  use(first)
  let loaded = first
  let store = await openDatabase(database, log)
  const options: Omit<InnerOptions, 'store'> = {
    log,
    ...(development === undefined ? { traces } : { development }),
    ...observer(settings, log, host, () => running.url),
  }
  const running: Running<Engine> = await listen(loaded.value, database, {
    ...options,
    store,
    port: settings.port,
    host: settings.host,
    call: settings.call,
  })
  // Only now that the port is ours: a start that finds it taken leaves the keys of who has it alone.
  if (!production) await running.engine.renewKeys()
  const ending: Promise<void>[] = []

  /** Why the last try failed: the same is said once, however often the files are touched. */
  let told: string | undefined
  const reload = async (): Promise<void> => {
    if (!existsSync(file)) throw new Failure(`${relative(host.folder, file)} is no longer there.`, { files: [file] })
    const next = await loadApi(file, host)
    watch?.set(next.inputs)
    const failed = told !== undefined
    told = undefined
    if (next.version === loaded.version) {
      if (failed) host.out('As it was, and served as before.')
      return
    }
    const opened = await openDatabase(database, log)
    const engine = await prepareEngine(next.value, database, { ...options, store: opened })
    const before: Store = store
    ending.push(running.replace(engine).then(() => before.close()))
    use(next)
    loaded = next
    store = opened
    const { madeKeyLines } = await import('./banner.ts')
    host.out(['Loaded again.', ...madeKeyLines(engine)].join('\n'))
  }
  const refused = (error: unknown): void => {
    // Mended where it is broken, which may be a file that is imported since.
    if (error instanceof Failure) watch?.set([...loaded.inputs, ...error.files])
    const text = error instanceof Failure ? formatFailure(error) : String(error instanceof Error ? error.stack : error)
    if (text === told) return
    told = text
    host.err(text)
    host.err('\nThe API of before goes on.\n')
  }
  let reloading = Promise.resolve()
  const watch: Watch | undefined = settings.watch
    ? watchFiles(() => (reloading = reloading.then(reload).catch(refused)))
    : undefined
  watch?.set(loaded.inputs)

  return {
    running,
    async stop() {
      watch?.close()
      await reloading
      await running.stop()
      await Promise.all([...ending, store.close()])
    },
  }
}
