/** The caller's signal and the time for the whole call, as one signal. */
export class Patience {
  readonly #controller = new AbortController()
  readonly #timer: ReturnType<typeof setTimeout>
  readonly #caller: AbortSignal | undefined
  readonly deadline: number

  /** `late` makes what the call is rejected with when its time is over. */
  constructor(ms: number, caller: AbortSignal | undefined, late: () => Error) {
    this.deadline = Date.now() + ms
    this.#caller = caller
    this.#timer = setTimeout(() => this.#controller.abort(late()), Math.min(ms, LONGEST_TIMER))
    if (caller?.aborted === true) this.#follow()
    else caller?.addEventListener('abort', this.#follow, { once: true })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** The call is over: nothing is left that could keep a process running. */
  end(): void {
    clearTimeout(this.#timer)
    this.#caller?.removeEventListener('abort', this.#follow)
  }

  /** The head has arrived: the time still runs for the content, but keeps no process alive. */
  rest(): void {
    const timer: unknown = this.#timer
    // Where timers hold a process, they are objects that can be told not to.
    if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function')
      timer.unref()
  }

  readonly #follow = (): void => this.#controller.abort(this.#caller?.reason)
}

/** Above it a timer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1
