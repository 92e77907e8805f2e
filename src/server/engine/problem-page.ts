/** A problem as a page, for a person with a browser. */
import type { Problem } from '../../rules/index.ts'
import { escape, page } from './page.ts'

export function problemPage(problem: Problem, explorer: ((reference: string) => string) | undefined): string {
  const reference = String(problem.reference)
  const errors = (problem.errors ?? []).map(
    ({ pointer, parameter, detail }) =>
      `<li><code>${escape(pointer ?? parameter ?? '')}</code>: ${escape(detail)}</li>`,
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
