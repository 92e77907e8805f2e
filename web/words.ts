/** The tables in words: short texts for what a row says with one. */
import type { StatusClass, StatusRow } from '../src/rules/index.ts'

export const CLASS: Readonly<Record<StatusClass, { readonly title: string; readonly says: string }>> = {
  interim: { title: '1xx', says: 'Still at it: the real answer follows.' },
  success: { title: '2xx', says: 'It was understood, and it worked.' },
  redirection: { title: '3xx', says: 'One more step: look elsewhere, or at what you have.' },
  clientError: { title: '4xx', says: 'The request has to change before it goes better.' },
  serverError: { title: '5xx', says: 'The request was right; the server could not.' },
}

export const FAULT: Readonly<Record<StatusRow['fault'], string>> = {
  nobody: 'nobody',
  client: 'the client',
  server: 'the server',
}

export const RETRY: Readonly<Record<StatusRow['retry'], string>> = {
  unneeded: 'not needed',
  follow: 'go where Location says',
  never: 'never as it is',
  later: 'the same, later',
  changed: 'once it is changed',
  authenticated: 'with credentials',
}

export const CONTENT: Readonly<Record<StatusRow['content'], string>> = {
  never: 'never any',
  empty: 'of no octets',
  usual: 'usually some',
}
