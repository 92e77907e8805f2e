/** Asks the aids of development for JSON; they lie beside the page. */
import { statusRow } from '../../src/rules/index.ts'

export async function ask<T>(name: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(name, { cache: 'no-store', ...(signal !== undefined && { signal }) })
  if (response.ok) return (await response.json()) as T
  const { fault, phrase } = statusRow(response.status)
  if (fault === 'server') throw new Error(`The server could not say: ${response.status} ${phrase}.`)
  throw new NotThere()
}

/** The aid answered, and has nothing of the kind. */
export class NotThere extends Error {}
