/**
 * "Why not 200?": where a path left the good one, and what would have to be different.
 *
 * Assembled from the trace, the plan and what the exchange knows. Nothing is kept: another rule
 * gives another sentence.
 */
import { type Circumstances, remediesBy } from './cure.ts'
import { DECISIONS } from './decisions.ts'
import { DETAIL } from './detail.ts'
import type { ExplainedStep, WhyNot } from './explanation.ts'
import { all, either } from './phrase.ts'
import type { Plan, Step } from './plan.ts'
import type { ProblemError } from './problem.ts'
import { PROSE } from './prose.ts'
import { reactionTo } from './reaction.ts'
import { type Cure, GUARD, MISTAKE, REMEDY } from './remedy.ts'
import { type StatusCode, statusRow } from './status.ts'
import type { TraceStep } from './trace.ts'

/** Undefined where it went well, or where no question was asked. */
export function whyNot(
  plan: Plan,
  steps: readonly TraceStep[],
  status: StatusCode,
  known: Circumstances,
  explain: (step: TraceStep) => Pick<ExplainedStep, 'answer' | 'source'>,
): WhyNot | undefined {
  const off = steps.at(-1)
  const row = off && REMEDY[off.id]
  if (off === undefined || row === undefined || statusRow(status).class === 'success') return undefined
  const { fact, cures = [] } = row
  const { ask, rfc } = DECISIONS[off.id]
  const instead = insteadOf(plan, off)
  const { may } = reactionTo(status)
  return {
    instead,
    decision: off.id,
    ask,
    rfc,
    answer: explain(off).answer,
    // Of what was thrown the place where it was, not the question of what it comes to.
    source: explain(steps.findLast(({ mark }) => mark === 'threw') ?? off).source,
    sentence: `${instead.length === 0 ? 'It could have gone on' : `It could have been ${either(instead)}`} if ${filled(fact, known)}.`,
    remedies: cures.filter((cure) => leadsOn(plan, cure)).flatMap((cure) => remediesBy(cure, known)),
    detail: DETAIL[off.id] ?? PROSE[status].meaning,
    client: PROSE[status].client,
    ...(may !== undefined && { may }),
  }
}

/** The good ends that the other answer could have led to; after a fault, all that there are. */
function insteadOf(plan: Plan, { id, mark }: TraceStep): StatusCode[] {
  const { phase } = DECISIONS[id]
  if (phase === 'fault') return plan.statuses.filter(isGood)
  const step = plan.steps.find((one) => one.id === id)
  if (step === undefined) return []
  // What is refused outright can be left away, if it is a field.
  if (step.test === undefined) return step.field === 0 ? [] : goodEnds(plan.steps, step.absent)
  return goodEnds(plan.steps, mark === 'no' ? step.yes : step.no)
}

function goodEnds(steps: readonly Step[], from: number): StatusCode[] {
  const seen = new Set<number>()
  const visit = (to: number): void => {
    if (seen.has(to)) return
    seen.add(to)
    const step = steps[to]
    if (step !== undefined) for (const next of [step.yes, step.no, step.absent]) visit(next)
  }
  visit(from)
  return [...seen]
    .filter((to) => to < 0)
    .map((to) => -to as StatusCode)
    .filter(isGood)
    .toSorted((a, b) => a - b)
}

const isGood = (status: StatusCode): boolean => statusRow(status).class === 'success'

function leadsOn({ steps }: Plan, cure: Cure): boolean {
  return cure.by !== 'withoutField' || steps.every(({ id }) => id !== cure.unless)
}

/** What a fact leaves open. */
const WORDS = {
  who: ({ guards, rules }: Circumstances) =>
    either([...guards.map(guardWords), ...rules.map((rule) => `let in by ${rule}`)]) || 'another',
  orNone: ({ guards }: Circumstances) => (guards.length === 0 ? ', or there were none' : ''),
  current: ({ etag }: Circumstances) =>
    etag === undefined ? 'there were an ETag here for If-Match to name' : 'If-Match named the current ETag',
  allow: ({ allow }: Circumstances) => either(allow),
  takes: ({ takes }: Circumstances) => either(takes),
  offers: ({ offers }: Circumstances) => either(offers),
  members: ({ errors, takes }: Circumstances) => all(namesOf(errors, takes.length > 0 ? 'the content' : 'it')),
} satisfies Readonly<Record<string, (known: Circumstances) => string>>

const WORD = new RegExp(`\\{(${Object.keys(WORDS).join('|')})\\}`, 'g')

/** Of members with mistakes of several kinds each kind has its fact. */
function filled(fact: string, known: Circumstances): string {
  if (!fact.includes('{members}') || known.errors.length === 0) return fill(fact, known)
  const kinds = new Map<string, ProblemError[]>()
  for (const error of known.errors) {
    const own = MISTAKE.get(error.code)?.fact ?? fact
    kinds.set(own, [...(kinds.get(own) ?? []), error])
  }
  const facts = [...kinds].map(([own, errors]) => fill(own, { ...known, errors }))
  return facts.length < 2 ? facts.join('') : `${facts.slice(0, -1).join(', ')}, and ${facts.at(-1)}`
}

/** Puts what is known into a fact. */
function fill(fact: string, known: Circumstances): string {
  return fact.replace(WORD, (_, word: string) => WORDS[word as keyof typeof WORDS](known))
}

const guardWords = (guard: string): string => GUARD.get(guard)?.words ?? `in the role ${guard}`

/** Where something is wrong; `whole` where it is nothing in particular. */
function namesOf(errors: readonly ProblemError[], whole: string): string[] {
  const names = new Set(errors.map(({ pointer = '', parameter = pointer }) => (parameter === '' ? whole : parameter)))
  return names.size === 0 ? [whole] : [...names]
}
