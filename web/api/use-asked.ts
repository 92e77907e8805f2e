/** What an aid says, for a component: while it is asked, once it has answered, or why not. */
import { useEffect, useState } from 'preact/hooks'
import { ask } from './aids.ts'

export type Asked<T> =
  | { readonly state: 'asking' }
  | { readonly state: 'told'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown }

export function useAsked<T>(name: string): Asked<T> {
  const [asked, set] = useState<Asked<T>>({ state: 'asking' })
  useEffect(() => {
    const given = new AbortController()
    set({ state: 'asking' })
    ask<T>(name, given.signal).then(
      (value) => set({ state: 'told', value }),
      (error: unknown) => given.signal.aborted || set({ state: 'failed', error }),
    )
    return () => given.abort()
  }, [name])
  return asked
}
