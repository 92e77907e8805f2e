/** Which page is meant: the fragment of the address, so that the same pages work without a server. */
import { useEffect, useState } from 'preact/hooks'

export interface Route {
  /** The first segment; empty for the front page. */
  readonly page: string
  /** What follows it, percent-decoded. */
  readonly rest: string
}

/** `#/code/404`, `#x/8f2c`, and `#` alone. */
function parseRoute(hash: string): Route {
  const [, page = '', rest = ''] = /^#?\/?([\w-]*)\/?(.*)$/s.exec(hash) ?? []
  return { page, rest: decode(rest) }
}

export function linkTo(page: string, rest = ''): string {
  return rest === '' ? `#/${page}` : `#/${page}/${encodeURIComponent(rest)}`
}

export function useRoute(): Route {
  const [route, set] = useState(() => parseRoute(location.hash))
  useEffect(() => {
    const changed = (): void => set(parseRoute(location.hash))
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  return route
}

/** What somebody typed need not decode. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
