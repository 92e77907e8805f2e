/** Waits; rejects with the signal's reason as soon as it is aborted. */
export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  return within(signal, over).finally(() => clearTimeout(timer))
}

/**
 * What the promise comes to; or, before that, a rejection with the reason of the signal, which nothing is left on. The
 * promise goes on, for others.
 */
export function within<T>(signal: AbortSignal | undefined, promise: T | Promise<T>): Promise<T> {
  let stop = (): void => undefined
  const left = new Promise<never>((_, reject) => {
    signal?.throwIfAborted()
    stop = () => reject(signal?.reason)
    signal?.addEventListener('abort', stop)
  })
  return Promise.race([left, promise]).finally(() => signal?.removeEventListener('abort', stop))
}
