/** What stands at `/`: links to the operations for a program, the ten codes for a person. */
import { ESSENTIAL, statusRow } from '../../rules/index.ts'
import type { Engine } from './engine.ts'
import type { Planned } from '../operation.ts'
import { escape, page } from './problem-page.ts'

export function indexOf(engine: Engine): object {
  const { title, version } = engine.compiled.declaration
  return {
    title,
    version,
    description: '/openapi.json',
    operations: engine.operations.map(({ operation, plan }) => ({
      method: operation.method,
      path: operation.path,
      summary: operation.summary,
      statuses: plan.statuses,
    })),
  }
}

export function indexPage(engine: Engine): string {
  const { title } = engine.compiled.declaration
  const codes = ESSENTIAL.map((code) => {
    const example = engine.operations.find(
      ({ plan, operation }) => plan.statuses.includes(code) && !operation.path.startsWith('/.'),
    )
    return `<tr><th>${code}</th><td>${escape(statusRow(code).phrase)}</td><td>${example === undefined ? '' : link(example)}</td></tr>`
  })
  const operations = engine.operations.map(
    (planned) =>
      `<tr><td>${link(planned)}</td><td>${escape(planned.operation.summary)}</td><td>${planned.plan.statuses.join(' ')}</td></tr>`,
  )
  return page(
    title,
    `<h1>${escape(title)}</h1><p>The ten codes that come first, and an operation here that gives each.</p><table>${codes.join('')}</table>` +
      `<h2>Operations</h2><table>${operations.join('')}</table><p><a href="/openapi.json">OpenAPI description</a></p>`,
  )
}

/** A browser can follow a GET without variables; the rest is named. */
function link({ operation }: Planned): string {
  const label = `${operation.method} ${operation.path}`
  const plain = operation.method === 'GET' && !operation.path.includes('{')
  return plain
    ? `<a href="${escape(operation.path)}"><code>${escape(label)}</code></a>`
    : `<code>${escape(label)}</code>`
}
