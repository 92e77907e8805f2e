/** Requests under way, so that the same is not asked for twice at once. */
export class Flights {
  readonly #flights = new Map<string, Promise<void>>()

  /** Resolves when the one under way has ended, or rejects when the one who waits gives up; undefined if there is none. */
  ended(key: string, signal: AbortSignal | undefined): Promise<void> | undefined {
    const flight = this.#flights.get(key)
    if (flight === undefined || signal === undefined) return flight
    return new Promise<void>((resolve, reject) => {
      signal.throwIfAborted()
      const leave = (): void => reject(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
      void flight.then(() => {
        signal.removeEventListener('abort', leave)
        resolve()
      })
    })
  }

  /** Announces one; to be called when it has ended, well or not. */
  depart(key: string): () => void {
    let end: () => void = () => undefined
    const flight = new Promise<void>((resolve) => (end = resolve))
    this.#flights.set(key, flight)
    return () => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
      end()
    }
  }
}
