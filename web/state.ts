/** What all pages share: the keys that are known, the exchanges that are seen, and the codes that were met. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Keys } from './api/keys.ts'
import type { Live } from './api/live.ts'

export interface Shared {
  /** Undefined where there is no server: the learning part alone. */
  readonly live: Live | undefined
  readonly keys: Keys
  /** An empty key is forgotten. */
  setKey(role: string, key: string): void
  /** Code → the last exchange that ended with it. */
  readonly met: ReadonlyMap<number, string>
}

export const ALONE: Shared = { live: undefined, keys: {}, setKey: () => undefined, met: new Map() }

export const SharedContext = createContext<Shared>(ALONE)

export function useShared(): Shared {
  return useContext(SharedContext)
}
