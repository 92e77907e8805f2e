/**
 * Pages, for a person with a browser: when one is wanted, what it is made of, and the fields it is sent with.
 *
 * No script, nothing loaded from elsewhere; and the browser is told so, should something that was sent ever get in.
 */
import { createHash } from 'node:crypto'
import { preferred } from '../../rules/index.ts'
import type { Exchange } from '../operation.ts'

const HTML = 'text/html'

/** Does the client like a page better than any of these media types? */
export function prefersPage(x: Pick<Exchange, 'field'>, others: readonly string[]): boolean {
  const accept = x.field('accept')
  return accept !== undefined && preferred(accept, [...others, HTML]) === HTML
}

/** A whole document; `body` is markup already. */
export function page(title: string, body: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>` +
    `<style>${STYLE}</style></head><body><main>${body}</main></body></html>`
  )
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:44rem;margin:10vh auto;padding:0 1.25rem}' +
  'h1,h2{line-height:1.2}h1{margin:0 0 1rem}.code{font-size:4rem;line-height:1;margin:0;opacity:.45;font-variant-numeric:tabular-nums}.reference{opacity:.7}' +
  'code{font-family:ui-monospace,monospace}table{border-collapse:collapse}td,th{padding:.35rem .75rem .35rem 0;text-align:left;vertical-align:top}' +
  'code{overflow-wrap:anywhere}td,td code{overflow-wrap:break-word}@media(max-width:34rem){tr,td,th{display:block}td,th{padding:0}tr{padding:.5rem 0}}'

/** A Content-Security-Policy: nothing runs, loads, sends or frames but what is named. */
export function policy(...sources: readonly string[]): string {
  return ["default-src 'none'", ...sources, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"].join(
    '; ',
  )
}

/** Flat: name, value. */
export const PAGE_FIELDS: readonly string[] = [
  'Content-Type',
  `${HTML}; charset=utf-8`,
  'Content-Security-Policy',
  policy(`style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`),
  'X-Content-Type-Options',
  'nosniff',
]
