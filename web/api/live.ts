/** The last exchanges, and those that come. */
import type { ExchangeLine, ExchangeList } from '../../src/rules/index.ts'
import { ask } from './aids.ts'

export interface Live {
  /** Newest first. */
  readonly exchanges: readonly ExchangeLine[]
  readonly state: 'connecting' | 'live' | 'lost'
}

const SHOWN = 200
/** However many come at once, the page is drawn so often. */
const BETWEEN_MS = 100

/** Calls back with the list as it changes, until the function that it returns is called. */
export function follow(changed: (live: Live) => void): () => void {
  let state: Live['state'] = 'connecting'
  let exchanges: readonly ExchangeLine[] = []
  let waiting: ExchangeLine[] = []
  let timer: number | undefined
  const draw = (): void => {
    timer = undefined
    exchanges = merge(waiting.toReversed(), exchanges)
    waiting = []
    changed({ exchanges, state })
  }
  const soon = (): void => void (timer ??= setTimeout(draw, BETWEEN_MS))
  const listen = (): EventSource => {
    const source = new EventSource('exchanges/live')
    source.addEventListener('open', () => {
      state = 'live'
      // Also after a break: what came meanwhile is in the list.
      void ask<ExchangeList>('exchanges').then((list) => {
        exchanges = merge(exchanges, list.exchanges).toSorted(newestFirst)
        soon()
      }, soon)
    })
    source.addEventListener('error', () => {
      state = 'lost'
      soon()
    })
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      waiting.push(JSON.parse(data) as ExchangeLine)
      soon()
    })
    return source
  }
  let source = listen()
  // A browser has six connections to a server: pages that nobody looks at must not hold them all.
  const shown = (): void => {
    source.close()
    if (document.visibilityState === 'visible') source = listen()
  }
  document.addEventListener('visibilitychange', shown)
  return () => {
    document.removeEventListener('visibilitychange', shown)
    clearTimeout(timer)
    source.close()
  }
}

function merge(newer: readonly ExchangeLine[], older: readonly ExchangeLine[]): readonly ExchangeLine[] {
  const known = new Set(newer.map(({ reference }) => reference))
  return [...newer, ...older.filter(({ reference }) => !known.has(reference))].slice(0, SHOWN)
}

const newestFirst = (a: ExchangeLine, b: ExchangeLine): number => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)
