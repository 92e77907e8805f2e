import { TimeoutError } from './error.ts'

/** The caller's signal and the time for the whole call, as one signal: made when somebody first waits. */
export interface Patience {
  readonly signal: AbortSignal
  /** When it ends, in milliseconds since the epoch. */
  readonly deadline: number
  /** The call is over: nothing of it is left, on the caller's signal neither. */
  end(): void
}

/**
 * Of a request to that URL. Throws the caller's reason if it has given up. The caller's signal comes in what it belongs to,
 * and that is kept hold of: once a Request is collected, no abort reaches its signal.
 */
export function patience(method: string, url: string, ms: number, caller: Caller = {}): Patience {
  caller.signal?.throwIfAborted()
  return new PatienceWith(caller, ms, () => new TimeoutError(method, url, ms))
}

/** A class, since V8 gives every object that is written with a getter a shape of its own, which outlives it. */
class PatienceWith implements Patience {
  readonly deadline: number
  readonly #caller: Caller
  readonly #late: () => Error
  #controller: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(caller: Caller, ms: number, late: () => Error) {
    this.deadline = Date.now() + ms
    this.#caller = caller
    this.#late = late
  }

  get signal(): AbortSignal {
    return (this.#controller ??= this.#begin()).signal
  }

  #begin(): AbortController {
    const { signal } = this.#caller
    const controller = new AbortController()
    const expire = (): void => {
      this.end()
      controller.abort(this.#late())
    }
    // Above the longest time that there is a timer fires at once.
    this.#timer = setTimeout(expire, Math.min(this.deadline - Date.now(), 2 ** 31 - 1))
    // Where timers hold a process they can be told not to: a connection alone is reason to stay.
    Object(this.#timer).unref?.()
    signal?.addEventListener('abort', this)
    if (signal?.aborted) controller.abort(signal.reason)
    return controller
  }

  /** Of the caller's signal. */
  handleEvent(): void {
    this.#controller?.abort(this.#caller.signal?.reason)
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#caller.signal?.removeEventListener('abort', this)
  }
}

interface Caller {
  readonly signal?: AbortSignal | null | undefined
}

/** Milliseconds for a whole call, unless options say otherwise. */
export const TIMEOUT = 30_000
