/** Requests under way, so that the same is not asked for twice at once. Each who waits may give up alone. */
export class Flights<T> {
  readonly #flights = new Map<string, Promise<T | undefined>>()

  /** What the one under way brings; undefined if none is, or if it brings nothing that can be shared. */
  async join(key: string, signal: AbortSignal | undefined): Promise<T | undefined> {
    const flight = this.#flights.get(key)
    if (flight === undefined || signal === undefined) return flight
    signal.throwIfAborted()
    return new Promise<T | undefined>((resolve, reject) => {
      const leave = (): void => reject(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
      void flight.then((brought) => {
        signal.removeEventListener('abort', leave)
        resolve(brought)
      })
    })
  }

  /** Announces one; to be ended with what it brought. */
  depart(key: string): (brought: T | undefined) => void {
    let resolve: (brought: T | undefined) => void = () => undefined
    const promise = new Promise<T | undefined>((settle) => (resolve = settle))
    this.#flights.set(key, promise)
    return (brought) => {
      if (this.#flights.get(key) === promise) this.#flights.delete(key)
      resolve(brought)
    }
  }
}
