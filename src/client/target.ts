/** From a path as it is declared to the URL of one resource. */

type QueryValue = string | number | boolean | null | undefined | readonly (string | number | boolean)[]

/**
 * `/articles/{id}` under the base, with its variables filled in. Throws a TypeError for a variable without
 * a value, and for a value that would lead somewhere else: `..` is no id (RFC 3986 §5.2.4).
 */
export function targetOf(base: string, path: string, params: object = {}, query: object = {}): string {
  const values = new Map<string, unknown>(Object.entries(params))
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(name, values.get(name)))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries<QueryValue>({ ...query }))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) search.append(name, String(one))
  const asked = search.toString()
  return new URL(base.replace(/\/+$/, '') + filled + (asked === '' ? '' : `?${asked}`)).href
}

function segment(name: string, value: unknown): string {
  const text = value === undefined || value === null ? '' : String(value)
  if (text === '' || text === '.' || text === '..') throw new TypeError(`{${name}} cannot be ${JSON.stringify(text)}`)
  return encodeURIComponent(text)
}
