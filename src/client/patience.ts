/** The caller's signal and the time for the whole call, as one signal: made when somebody first waits. */
export interface Patience {
  readonly signal: AbortSignal
  /** When it ends, in milliseconds since the epoch. */
  readonly deadline: number
  /** The call is over: nothing of it is left. */
  end(): void
}

/** `late` makes what the call is rejected with when its time is over. Throws the caller's reason if it has given up. */
export function patience(ms: number, caller?: AbortSignal | null, late?: () => Error): Patience {
  caller?.throwIfAborted()
  const deadline = Date.now() + ms
  let controller: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const follow = (): void => controller?.abort(caller?.reason)
  const begin = (): AbortController => {
    controller = new AbortController()
    timer = setTimeout(() => controller?.abort(late?.()), Math.min(deadline - Date.now(), LONGEST_TIMER))
    letGo(timer)
    if (caller?.aborted === true) follow()
    else caller?.addEventListener('abort', follow)
    return controller
  }
  return {
    deadline,
    get signal() {
      return (controller ?? begin()).signal
    },
    end() {
      clearTimeout(timer)
      caller?.removeEventListener('abort', follow)
    },
  }
}

/** Above it a timer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Where timers hold a process, they are objects that can be told not to: a connection alone is reason to stay. */
function letGo(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function')
    timer.unref()
}
