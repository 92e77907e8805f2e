/** Rules: who is named, and which questions that raises. */
import type { Fact } from '../../rules/index.ts'
import type { Rule } from './declaration.ts'
import { when } from './outcome-facts.ts'

/** Words that are guards, and so no roles: a role with such a name would open what it was not meant to. */
export const RESERVED_ROLES: ReadonlySet<string> = new Set(['anyone', 'signedIn', 'self', 'owner'])

/** Is there anybody who may? An operation that no rule allows does not exist. */
export function isAllowed(rule: Rule | undefined): rule is Rule {
  return rule !== undefined && guardsOf(rule).length > 0
}

/** A rule as the list of guards any one of which is enough. */
export function guardsOf(rule: Rule | undefined): readonly Exclude<Rule, readonly unknown[]>[] {
  return rule === undefined ? [] : typeof rule === 'string' || typeof rule === 'function' ? [rule] : rule
}

/**
 * Guards are alternatives. `anyone` opens the operation. Else a guard that is named needs a caller,
 * so nobody is looked up for an anonymous one; and unless a guard looks at the item, the caller's
 * role and the path (`self`) decide before anything is loaded.
 */
export function guardFacts(rule: Rule | undefined, hide: boolean): Fact[] {
  const guards = guardsOf(rule)
  if (guards.includes('anyone')) return []
  // A rule that names nobody is closed, not open.
  const named = guards.length === 0 || guards.some((guard) => typeof guard === 'string')
  const signedIn = guards.includes('signedIn')
  const looksAtItem = guards.some((guard) => guard === 'owner' || typeof guard === 'function')
  return [
    ...when(named, 'guarded'),
    ...when(!signedIn && !looksAtItem, 'roles'),
    ...when(!signedIn && looksAtItem, 'itemRule'),
    ...when(!named, 'anonymousItem'),
    ...when(!signedIn && looksAtItem && hide, 'hide'),
  ]
}

/** Where who may not read an item is told that there is none, that is all a reader is refused with. */
export function readGuardFacts(rule: Rule | undefined, hide: boolean): Fact[] {
  const facts = guardFacts(rule, hide)
  return facts.includes('hide') ? facts.filter((fact) => fact !== 'itemRule' && fact !== 'anonymousItem') : facts
}

/** In a list `owner` is a filter, not a refusal. */
export function listGuardFacts(rule: Rule | undefined): Fact[] {
  const guards = guardsOf(rule)
  if (guards.includes('anyone')) return []
  return ['guarded', ...when(!guards.includes('signedIn') && !guards.includes('owner'), 'roles')]
}
