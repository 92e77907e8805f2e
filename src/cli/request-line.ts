/** One line for each request of development: its status, and the reason for it. */
import type { ExchangeLine } from '../rules/index.ts'
import { faint, paint, printable } from './paragraph.ts'

/** `403 DELETE /articles/7  itemAllowed: basic is neither owner nor admin  → http://…/.tenfour/x/REFERENCE` */
export function requestLine(
  { status, method, path, decision, reason, reference }: ExchangeLine,
  url: string,
  colours: boolean,
): string {
  return [
    `${paint(String(status), status, colours)} ${printable(`${method} ${path}`)}`.trimEnd(),
    printable(decision === undefined ? reason : `${decision}: ${reason}`),
    faint(`→ ${url}/.tenfour/x/${reference}`, colours),
  ].join('  ')
}
