/** Asks the aids of development for JSON; they lie beside the page. */
export async function ask<T>(name: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(name, { cache: 'no-store', ...(signal !== undefined && { signal }) })
  if (!response.ok) throw new NotThere(response.status)
  return (await response.json()) as T
}

/** The aid answered, and has nothing of the kind. */
class NotThere extends Error {
  readonly status: number

  constructor(status: number) {
    super(`It was answered with ${status}.`)
    this.status = status
  }
}
