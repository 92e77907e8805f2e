/** Why a request got its code, as a page. */
import type { Explanation, ExplainedStep } from './explanation.ts'
import { escape, page } from '../engine/problem-page.ts'

export function explanationPage({
  method,
  path,
  status,
  phrase,
  decision,
  reason,
  steps,
  reference,
  at,
}: Explanation): string {
  return page(
    `${status} ${method} ${path}`,
    `<p class="code">${status}</p><h1>${escape(phrase)}</h1><p><code>${escape(`${method} ${path}`)}</code></p>` +
      `<p><strong>${escape(decision ?? '')}</strong> ${escape(reason)}</p>` +
      `<h2>Asked on the way</h2><table>${steps.map(line).join('')}</table>` +
      `<p class="reference">Reference: <code>${escape(reference)}</code> · ${escape(at)}</p>`,
  )
}

function line({ ask, answer, rfc }: ExplainedStep): string {
  return `<tr><td>${escape(ask)}</td><td>${escape(answer)}</td><td>${escape(rfc)}</td></tr>`
}
