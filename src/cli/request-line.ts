/** One line for each request of development: its status, and the reason for it. */
import { type ExchangeLine, statusRow, type StatusClass } from '../rules/index.ts'

/** `403 DELETE /articles/7  itemAllowed: basic is neither owner nor admin  → http://…/.tenfour/x/REFERENCE` */
export function requestLine(
  { status, method, path, decision, reason, reference }: ExchangeLine,
  url: string,
  colours: boolean,
): string {
  const paint = (code: string, text: string): string => (colours ? `\u001B[${code}m${text}\u001B[0m` : text)
  const why = decision === undefined ? reason : `${decision}: ${reason}`
  return [
    `${paint(COLOUR[statusRow(status).class], String(status))} ${printable(`${method} ${path}`)}`,
    printable(why),
    paint('2', `→ ${url}/.tenfour/x/${reference}`),
  ].join('  ')
}

const COLOUR: Readonly<Record<StatusClass, string>> = {
  interim: '2',
  success: '32',
  redirection: '36',
  clientError: '33',
  serverError: '31',
}

/** What a client sent must not move the cursor. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�')
}
