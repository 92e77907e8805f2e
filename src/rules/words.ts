/** What a row, a mark in a trace or a source says with one word, as the end of a sentence. Apart from them, so that a client carries none. */
import type { Source } from './explanation.ts'
import type { StatusClass, StatusRow } from './status.ts'
import type { Mark } from './trace.ts'

/** A section of an RFC, or of what is no RFC. */
export function clause(rfc: string): string {
  return /^\d/.test(rfc) ? `RFC ${rfc}` : rfc
}

/** What the first digit says. */
export const CLASS_WORDS: Readonly<Record<StatusClass, string>> = {
  interim: 'Still at it: the real answer follows.',
  success: 'It was understood, and it worked.',
  redirection: 'One more step: look elsewhere, or at what you have.',
  clientError: 'The request has to change before it goes better.',
  serverError: 'The request was right; the server could not.',
}

/** What has to be mended. */
export const FAULT_WORDS: Readonly<Record<StatusRow['fault'], string>> = {
  nobody: 'nothing',
  client: 'the request',
  server: 'the server; nothing was wrong with the request',
}

/** What makes sense next. */
export const RETRY_WORDS: Readonly<Record<StatusRow['retry'], string>> = {
  unneeded: 'nothing is to be sent again',
  follow: 'go to Location',
  never: 'the same request will not do better',
  later: 'send the same request later',
  changed: 'change the request, then send it again',
  authenticated: 'send credentials, then the same request again',
}

export const CONTENT_WORDS: Readonly<Record<StatusRow['content'], string>> = {
  never: 'never any',
  empty: 'of no octets',
  usual: 'usually some',
}

/** What may be kept of it (RFC 9111 §3, §4.2.2). */
export function cachedWords({ cacheable, neverStored }: StatusRow): string {
  if (neverStored === true) return 'never'
  return cacheable ? 'unless its fields forbid it' : 'only if its fields allow it'
}

/** A row that gives its status outright asks what would have had to hold, and it does not. */
export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  yes: 'yes',
  no: 'no',
  gave: 'no',
  absent: 'passed by',
  told: 'told',
  again: 'again',
  threw: 'threw',
}

/** From where an answer was taken, if that has no name of its own. */
export const SOURCE_WORDS: Readonly<Record<Exclude<Source['kind'], 'declared' | 'function' | 'field'>, string>> = {
  connection: 'the connection and the request line',
  accounts: 'the credentials, looked up',
  store: 'what is stored',
  content: 'the content of the request',
  server: 'the server itself',
}
