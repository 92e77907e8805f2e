/** The few assertions that run where there is no test runner. */

/** Null, or what stood against it; what never ends has failed. */
export async function caseOf(body: () => Promise<void>): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${PATIENCE} ms`)), PATIENCE)
  })
  try {
    await Promise.race([body(), late])
    return null
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : String(error)
  } finally {
    clearTimeout(timer)
  }
}

const PATIENCE = 10_000

export function equal(actual: unknown, expected: unknown): void {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)}, not ${String(expected)}`)
}

/** Equal as JSON. */
export function deepEqual(actual: unknown, expected: unknown): void {
  equal(JSON.stringify(actual), JSON.stringify(expected))
}

/** What it was rejected with. */
export async function rejected(promise: PromiseLike<unknown>): Promise<Error & { readonly status?: number }> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error) return error
    throw new Error(`rejected with ${String(error)}`, { cause: error })
  }
  throw new Error('not rejected')
}
