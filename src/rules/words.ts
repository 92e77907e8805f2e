/** What a row of the status table says with one word, as the end of a sentence. Apart from it, so that a client carries none. */
import type { StatusClass, StatusRow } from './status.ts'

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
