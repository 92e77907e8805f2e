/** From a path as it is declared, or a reference as it was sent, to a URL. */

type QueryValue = string | number | boolean | null | undefined | readonly (string | number | boolean)[]
type Params = Readonly<Record<string, unknown>>

/**
 * `/articles/{id}` under the base, which ends with a slash, with its variables filled in. Throws a TypeError for a
 * variable without a value, and for a value that would lead somewhere else: `..` is no id (RFC 3986 §5.2.4).
 */
export function targetOf(base: string, path: string, params: Params = {}, query: object = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = Object.hasOwn(params, name) ? String(params[name] ?? '') : ''
    if (/^\.{0,2}$/.test(text)) throw new TypeError(`{${name}} cannot be ${JSON.stringify(text)}`)
    return encodeURIComponent(text)
  })
  // Of several slashes one, so that no path leads to another origin.
  const url = new URL(base + filled.replace(/^\//, ''))
  for (const [name, value] of Object.entries<QueryValue>({ ...query }))
    for (const one of [value].flat()) if (one !== undefined && one !== null) url.searchParams.append(name, String(one))
  return url.href
}

/** The whole URL that a reference means there (RFC 3986 §5); undefined for what is none. */
export function resolved(reference: string | undefined, base: string | undefined): string | undefined {
  return reference !== undefined && URL.canParse(reference, base) ? new URL(reference, base).href : undefined
}

export function originOf(url: string): string {
  return new URL(url).origin
}

/** A fragment is for whoever asked, and is never sent (RFC 9110 §4.2.5). */
export function withoutFragment(url: string): string {
  return url.replace(/#.*/, '')
}
