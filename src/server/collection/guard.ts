/**
 * A rule, compiled: its guards are alternatives, and any one of them is enough.
 *
 * What can be told before the item is loaded (the role, the path) is asked apart from what needs
 * the item, so that nothing is looked up for callers who may not in any case.
 */
import { decided } from '../engine/at-once.ts'
import type { ItemRule, Rule } from '../declare/declaration.ts'
import { guardsOf, RESERVED_ROLES } from '../declare/rule.ts'
import type { Caller } from '../operation.ts'
import type { Row, Value } from '../storage.ts'

/** What a guard reads of an item: from the row, or from its head alone. */
export interface Target {
  readonly id: string
  readonly version: number
  readonly createdAt: number
  /** The columns that guards read, among others maybe. */
  readonly guards: Readonly<Record<string, Value>>
  /** The row, if it was read. */
  readonly row: Row | undefined
}

export interface Guard {
  /** Everybody may. */
  readonly open: boolean
  /** A function is among the guards: the whole row is needed. */
  readonly readsRow: boolean
  /** By role or path alone; asked only where no guard reads the item. */
  allowsClass(caller: Caller, id: string | undefined): boolean
  allows(caller: Caller | undefined, target: Target, method: string): boolean
  /** May the caller make an item that is not there yet? */
  allowsNew(caller: Caller | undefined): boolean
  /** `basic is neither owner nor admin` */
  explain(caller: Caller | undefined): string
}

/** `itemOf` makes the item that functions are shown; `owner` is the member that names the owner. */
export function compileGuard(rule: Rule | undefined, owner: string | undefined, itemOf: (row: Row) => unknown): Guard {
  const guards = guardsOf(rule)
  const names = new Set(guards.filter((guard) => typeof guard === 'string'))
  const functions = guards.filter((guard): guard is ItemRule => typeof guard === 'function')
  const open = names.has('anyone')
  const signedIn = names.has('signedIn')
  const self = names.has('self')
  const owned = names.has('owner') ? owner : undefined
  const byRole = (caller: Caller) =>
    signedIn || (caller.role !== undefined && !RESERVED_ROLES.has(caller.role) && names.has(caller.role))
  return {
    open,
    readsRow: functions.length > 0,
    allowsClass: (caller, id) => open || byRole(caller) || (self && id === caller.id),
    allows(caller, target, method) {
      if (open) return true
      if (caller !== undefined) {
        if (byRole(caller) || (self && target.id === caller.id)) return true
        if (owned !== undefined && target.guards[owned] === caller.id) return true
      }
      const { row } = target
      if (functions.length === 0 || row === undefined) return false
      const item = itemOf(row)
      return functions.some((allows) => decided(allows({ caller, item, method }), nameOf(allows)))
    },
    allowsNew: (caller) => open || (caller !== undefined && byRole(caller)),
    explain: (caller) => explain(caller, guards.map(nameOf)),
  }
}

function nameOf(guard: string | ItemRule): string {
  return typeof guard === 'string' ? guard : guard.name === '' ? 'let in by a rule' : `let in by ${guard.name}`
}

function explain(caller: Caller | undefined, guards: readonly string[]): string {
  const who = caller === undefined ? 'an unknown caller' : (caller.role ?? 'a caller without a role')
  const last = guards.at(-1)
  if (last === undefined) return `nobody may`
  return guards.length === 1
    ? `${who} is not ${last}`
    : `${who} is neither ${guards.slice(0, -1).join(', ')} nor ${last}`
}
