/** What stands at `/`: links to the operations for a program, the ten codes for a person. */
import { type DecisionId, DECISIONS, ESSENTIAL, type Node, type Plan, statusRow } from '../../rules/index.ts'
import type { Engine } from './engine.ts'
import type { Planned } from '../operation.ts'
import { escape, page } from './page.ts'

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
    const example = provoked(engine.operations, code) ?? named(engine.operations, code)
    return `<tr><th>${code}</th><td>${escape(statusRow(code).phrase)}</td><td>${example}</td></tr>`
  })
  const operations = engine.operations.map(
    (planned) =>
      `<tr><td>${link(planned)}</td><td>${escape(planned.operation.summary)}</td><td>${planned.plan.statuses.join(' ')}</td></tr>`,
  )
  return page(
    title,
    `<h1>${escape(title)}</h1><p>The ten codes that come first. A link gives its code; the others take a method or a field that no link has.</p><table>${codes.join('')}</table>` +
      `<h2>Operations</h2><table>${operations.join('')}</table><p><a href="/openapi.json">OpenAPI description</a></p>`,
  )
}

/** What a link can ask so that a question is answered with its status, where nobody is signed in. */
const ASKED: { readonly [id in DecisionId]?: (planned: Planned) => string | undefined } = {
  reads: ({ operation: { path }, plan }) => (isOpen(plan) && !path.includes('{') ? path : undefined),
  query: ({ operation: { path }, plan }) => (isOpen(plan) && !path.includes('{') ? `${path}?no=such` : undefined),
  signedIn: ({ operation: { path } }) => (path.includes('{') ? undefined : path),
  exists: ({ operation: { path }, plan }) => (isOpen(plan) ? path.replace(/\{\w+\}/g, 'none') : undefined),
}

const isOpen = ({ facts }: Plan): boolean => !facts.has('guarded')

function provoked(operations: readonly Planned[], code: number): string | undefined {
  const reads = operations.filter(({ operation }) => operation.method === 'GET' && operation.path !== '/')
  for (const planned of reads)
    for (const { id, yes, no } of planned.plan.steps) {
      const path = yes === -code || no === -code ? ASKED[id as DecisionId]?.(planned) : undefined
      if (path !== undefined) return `<a href="${escape(path)}"><code>GET ${escape(path)}</code></a>`
    }
  return undefined
}

/** Rather one that is no GET: what a GET can do, a link would have done. */
function named(operations: readonly Planned[], code: number): string {
  const able = operations.filter(({ plan }) => plan.statuses.some((status) => status === code))
  const writes = able.filter(({ operation }) => operation.method !== 'GET')
  // Whoever deletes needs to ask for no other answer to get this one.
  const deletes = writes.find(({ plan }) => plan.steps.some(({ id, yes }) => id === 'deleted' && yes === -code))
  const open = able.filter(({ plan }) => isOpen(plan))
  // A 304 to what has no version is none that anybody has a use for.
  const example = deletes ?? writes[0] ?? open.find(({ plan }) => plan.facts.has('selects')) ?? open[0] ?? able[0]
  return example === undefined ? '' : `<code>${escape(labelOf(example))}</code>${withField(example, code)}`
}

/** The field without which a GET is not asked the question that gives this code. */
function withField({ operation, plan }: Planned, code: number): string {
  const step = plan.steps.find(({ yes, no }) => yes === -code || no === -code)
  const field = step && (DECISIONS[step.id as DecisionId] as Node).field
  if (field === undefined || operation.method !== 'GET') return ''
  return ` with <code>${field.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())}</code>`
}

/** A browser can follow a GET without variables; the rest is named. */
function link({ operation }: Pick<Planned, 'operation'>): string {
  const label = labelOf({ operation })
  const plain = operation.method === 'GET' && !operation.path.includes('{')
  return plain
    ? `<a href="${escape(operation.path)}"><code>${escape(label)}</code></a>`
    : `<code>${escape(label)}</code>`
}

const labelOf = ({ operation }: Pick<Planned, 'operation'>): string => `${operation.method} ${operation.path}`
