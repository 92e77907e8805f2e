import { TimeoutError } from './error.ts'

/** The caller's signal and the time for the whole call, as one signal. */
export interface Patience {
  /** Made when somebody first waits. Throws the caller's reason if it has given up. */
  signal(): AbortSignal
  /** When it ends, in milliseconds since the epoch. */
  readonly deadline: number
  /** The call is over: nothing of it is left, on the caller's signal neither. */
  end(): void
}

/**
 * Of a request to that URL. Throws the caller's reason if it has given up. The caller's signal comes in what it belongs to,
 * and that is kept hold of: once a Request is collected, no abort reaches its signal.
 */
export function patience(method: string, url: string, ms: number, caller: Caller): Patience {
  caller.signal?.throwIfAborted()
  const deadline = Date.now() + ms
  let controller: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const follow = (): void => controller?.abort(caller.signal?.reason)
  const end = (): void => {
    clearTimeout(timer)
    caller.signal?.removeEventListener('abort', follow)
  }
  const expire = (): void => {
    end()
    controller?.abort(new TimeoutError(method, url, ms))
  }
  // No getter: V8 would give each of these objects a shape of its own, which outlives it.
  const signal = (): AbortSignal => {
    caller.signal?.throwIfAborted()
    if (controller === undefined) {
      controller = new AbortController()
      // Above the longest time that there is a timer fires at once.
      timer = setTimeout(expire, Math.min(ms, 2 ** 31 - 1))
      // Where timers hold a process they can be told not to: a connection alone is reason to stay.
      Object(timer).unref?.()
      caller.signal?.addEventListener('abort', follow)
    }
    return controller.signal
  }
  return { deadline, signal, end }
}

interface Caller {
  readonly signal?: AbortSignal | null | undefined
}

/** Milliseconds for a whole call, unless options say otherwise. */
export const TIMEOUT = 30_000
