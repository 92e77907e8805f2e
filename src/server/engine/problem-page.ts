/** A problem as a page, for a person with a browser. No script, nothing loaded from elsewhere. */
import type { Problem } from '../../rules/index.ts'

export function problemPage(problem: Problem, explorer: ((reference: string) => string) | undefined): string {
  const reference = String(problem.reference)
  const errors = (problem.errors ?? []).map(
    ({ pointer, parameter, detail }) => `<li><code>${escape(pointer ?? parameter ?? '')}</code> ${escape(detail)}</li>`,
  )
  const why =
    explorer === undefined ? '' : `<p><a href="${escape(explorer(reference))}">Why this request got this code</a></p>`
  return page(
    `${problem.status} ${problem.title}`,
    `<p class="code">${problem.status}</p><h1>${escape(problem.title)}</h1><p>${escape(problem.detail ?? '')}</p>` +
      (errors.length > 0 ? `<ul>${errors.join('')}</ul>` : '') +
      `${why}<p class="reference">Reference: <code>${escape(reference)}</code></p>`,
  )
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
  'h1{margin:0 0 1rem}.code{font-size:4rem;line-height:1;margin:0;opacity:.45;font-variant-numeric:tabular-nums}.reference{opacity:.7}' +
  'code{font-family:ui-monospace,monospace}table{border-collapse:collapse}td,th{padding:.35rem .75rem .35rem 0;text-align:left;vertical-align:top}'
