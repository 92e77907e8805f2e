/**
 * The process as `serve` has it: asked to end, or met by what belongs to no request.
 *
 * A rejection that nobody awaited harms nobody: it is told, and the server goes on, because one request must not be
 * able to end all others. After an exception that nobody caught no state can be trusted: what is in progress is
 * answered, and the process ends with 1, to be started again by whatever started it.
 */
import { constants } from 'node:os'
import type { Log } from '../server/operation.ts'

/** npm passes on a signal that the terminal has sent already; so soon after the first it is the same one. */
const SAME_SIGNAL_MS = 250

/** Resolves when the process is asked to end; asked once more, it ends at once. */
export function stopped(): Promise<void> {
  return new Promise((resolve) => {
    let since: number | undefined
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (since === undefined) {
          since = Date.now()
          resolve()
        } else if (Date.now() - since > SAME_SIGNAL_MS) {
          process.exit(128 + constants.signals[signal])
        }
      })
    }
  })
}

/** Tells the log from now on; resolves when the process cannot go on. */
export function broken(log: Log): Promise<void> {
  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise was rejected, and nobody awaited it'))
  return new Promise((resolve) => {
    process.on('uncaughtException', (err) => {
      log.error({ err }, 'nobody caught an exception: what is in progress is answered, then the server ends')
      resolve()
    })
  })
}

/**
 * `tenfour openapi | head`: who has seen enough is told no more, and nothing failed. A server serves others than who reads its
 * lines, so it goes on without them, also where the terminal is gone or the disk is full: said as an exception, that would be one
 * more line that fails. And a command still ends with its own code without standard error.
 */
export function endWithReader(): void {
  const serves = (): boolean => process.listenerCount('uncaughtException') > 0
  const departed = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE' && !serves()) throw error
  }
  process.stderr.on('error', departed)
  process.stdout.on('error', (error) => {
    departed(error)
    if (!serves()) process.exit()
  })
}

/** What the author's file keeps open (a timer, a connection) must not keep a process alive that is done and has said all. */
export function endSoon(): void {
  setTimeout(() => (process.stdout.writableLength > 0 ? endSoon() : process.exit()), 100).unref()
}
