/** A request as what follows `curl` on a line for a shell. */

export interface CurlRequest {
  readonly method: string
  readonly url: string
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** Empty: none. */
  readonly content: string
}

/** `quote` makes a text one word for the shell. */
export function curlArguments(
  { method, url, fields, content }: CurlRequest,
  quote: (text: string) => string = shellQuoted,
): string {
  const implied = content === '' ? 'GET' : 'POST'
  return [
    ...(method === implied ? [] : [method === 'HEAD' ? '-I' : `-X ${method}`]),
    ...fields.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(content === '' ? [] : [`-d ${quote(content)}`]),
    quote(url),
  ].join(' ')
}

/** As it is where nothing in it means anything to a shell; else in single quotes. */
export function shellQuoted(text: string): string {
  return /^[\w\-./:]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
