/** Why a request got its code, as a page that needs no script. */
import { clause, type ExplainedExchange, type ExplainedStep, type WhyNot } from '../../rules/index.ts'
import { escape, page } from '../engine/page.ts'

/** `explorer`: is there a page that shows more? */
export function explanationPage(exchange: ExplainedExchange, explorer: boolean): string {
  const { method, path, status, phrase, decision, reason, steps, whyNot, reference, at } = exchange
  return page(
    `${status} ${method} ${path}`,
    `<p class="code">${status}</p><h1>${escape(phrase)}</h1><p><code>${escape(`${method} ${path}`)}</code></p>` +
      `<p><strong>${escape(decision ?? '')}</strong> ${escape(reason)}</p>` +
      (whyNot === undefined ? '' : why(whyNot)) +
      (explorer
        ? `<p><a href="../#/x/${escape(reference)}">In the explorer</a>, to change it and send it again</p>`
        : '') +
      `<h2>Asked on the way</h2><table>${steps.map(line).join('')}</table>` +
      `<p class="reference">Reference: <code>${escape(reference)}</code> · ${escape(at)}</p>`,
  )
}

function why({ instead, sentence, client, rfc }: WhyNot): string {
  const [best] = instead
  return `<h2>${best === undefined ? 'What would have to be different' : `Why not ${best}?`}</h2><p>${escape(sentence)} ${escape(client)} (${escape(clause(rfc))})</p>`
}

function line({ ask, answer, rfc }: ExplainedStep): string {
  return `<tr><td>${escape(ask)}</td><td>${escape(answer)}</td><td>${escape(clause(rfc))}</td></tr>`
}
