/** `tenfour serve`: an API on a port, until the process is asked to end. */
import type { Call, Done } from './command.ts'
import { findApi, loadApi } from './load.ts'
import { developmentLog, productionLog } from './log.ts'
import { settingsOf } from './settings.ts'

export async function serveCommand(call: Call): Promise<Done> {
  const { host } = call
  const file = findApi(call.words[0], host, 'serve')
  const settings = settingsOf(call, file)
  const log = settings.production ? productionLog() : developmentLog(host)
  const stopped = host.stopped()
  // Side by side: the author's packages are read while the server's own files are.
  const [loaded, { startService }] = await Promise.all([loadApi(file, host), import('./service.ts')])
  // Requests come as soon as it listens.
  const broken = host.broken(log)
  const { running, stop } = await startService(file, loaded, settings, log, host)
  const { banner, madeKeyLines } = await import('./banner.ts')
  if (settings.production) {
    log.info({ url: running.url }, 'listening')
    // Not into the log, which is kept; but a key that was made is known at no other time.
    for (const line of madeKeyLines(running.engine)) host.err(line)
  } else {
    host.out(await banner({ url: running.url, file, notices: loaded.value.notices }, running.engine, host))
  }
  const done = await Promise.race([stopped.then(() => 'ok' as const), broken.then(() => 'failed' as const)])
  await stop()
  return done
}
