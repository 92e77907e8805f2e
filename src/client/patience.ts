/** The caller's signal and the time for the whole call, as one signal: made when somebody first waits. */
export interface Patience {
  readonly signal: AbortSignal
  /** When it ends, in milliseconds since the epoch. */
  readonly deadline: number
  /** The call is over: nothing of it is left, on the caller's signal neither. */
  end(): void
}

/** `late` makes what the call is rejected with when its time is over. Throws the caller's reason if it has given up. */
export function patience(ms: number, caller?: AbortSignal | null, late?: () => Error): Patience {
  caller?.throwIfAborted()
  const deadline = Date.now() + ms
  let signal: AbortSignal | undefined
  let end = (): void => undefined
  return {
    deadline,
    get signal() {
      if (signal !== undefined) return signal
      const controller = new AbortController()
      const follow = (): void => controller.abort(caller?.reason)
      const timer = setTimeout(
        () => {
          end()
          controller.abort(late?.())
        },
        // Above the longest time that there is a timer fires at once.
        Math.min(deadline - Date.now(), 2 ** 31 - 1),
      )
      // Where timers hold a process they can be told not to: a connection alone is reason to stay.
      Object(timer).unref?.()
      end = () => {
        clearTimeout(timer)
        caller?.removeEventListener('abort', follow)
      }
      caller?.addEventListener('abort', follow, { once: true })
      if (caller?.aborted) follow()
      return (signal = controller.signal)
    },
    end: () => end(),
  }
}

/** Milliseconds for a whole call, unless options say otherwise. */
export const TIMEOUT = 30_000
