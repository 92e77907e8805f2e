import { describe, expect, test } from 'vitest'
import type { ItemRule, Rule } from '../declare/declaration.ts'
import { compileGuard, type Target } from './guard.ts'
import type { Caller } from '../operation.ts'

const ANN: Caller = { id: 'ann', role: 'basic', credential: 'k' }
const ADMIN: Caller = { id: 'root', role: 'admin', credential: 'k' }
const NOBODY = undefined
const UNKNOWN_ROLE: Caller = { id: 'x', role: undefined, credential: 'k' }

const target = (id: string, by: string): Target => {
  const row = { id, version: 1, createdAt: 1, values: { by } }
  return { ...row, guards: { by }, row }
}
const short: ItemRule = ({ item }) => (item as { id: string }).id.length < 4
const guard = (rule: Rule | undefined) => compileGuard(rule, 'by', (row) => ({ id: row.id, ...row.values }))

describe('any one guard is enough', () => {
  const cases: [rule: Rule, caller: Caller | undefined, target: Target, allowed: boolean][] = [
    ['anyone', NOBODY, target('one', 'ann'), true],
    ['signedIn', NOBODY, target('one', 'ann'), false],
    ['signedIn', UNKNOWN_ROLE, target('one', 'ann'), true],
    ['admin', ADMIN, target('one', 'ann'), true],
    ['admin', ANN, target('one', 'ann'), false],
    ['owner', ANN, target('one', 'ann'), true],
    ['owner', ANN, target('one', 'bob'), false],
    ['owner', NOBODY, target('one', 'ann'), false],
    ['self', ANN, target('ann', 'x'), true],
    ['self', ANN, target('one', 'ann'), false],
    [['owner', 'admin'], ADMIN, target('one', 'ann'), true],
    [['owner', 'admin'], UNKNOWN_ROLE, target('one', 'ann'), false],
    [short, NOBODY, target('one', 'ann'), true],
    [short, NOBODY, target('three', 'ann'), false],
    [['admin', short], ANN, target('one', 'x'), true],
    [[], ADMIN, target('one', 'root'), false],
  ]
  test.each(cases)('%j as %j', (rule, caller, at, allowed) => {
    expect(guard(rule).allows(caller, at, 'GET')).toBe(allowed)
  })
})

test('a role that is called like a guard opens nothing', () => {
  for (const role of ['owner', 'self', 'signedIn', 'anyone']) {
    expect(guard(['owner', 'self']).allows({ ...ANN, role }, target('one', 'bob'), 'GET')).toBe(false)
  }
})

test('the class: by role and path alone', () => {
  const self = guard(['self', 'admin'])
  expect(self.allowsClass(ANN, 'ann')).toBe(true)
  expect(self.allowsClass(ANN, 'bob')).toBe(false)
  expect(self.allowsClass(ADMIN, 'bob')).toBe(true)
})

test('what is not there yet has no owner', () => {
  expect(guard(['owner', 'admin']).allowsNew(ANN)).toBe(false)
  expect(guard(['owner', 'admin']).allowsNew(ADMIN)).toBe(true)
  expect(guard('signedIn').allowsNew(NOBODY)).toBe(false)
  expect(guard('anyone').allowsNew(NOBODY)).toBe(true)
})

test('why not, for the log', () => {
  expect(guard(['owner', 'admin']).explain(ANN)).toBe('basic is neither owner nor admin')
  expect(guard('admin').explain(ANN)).toBe('basic is not admin')
  expect(guard(['self', 'editor', 'admin']).explain(UNKNOWN_ROLE)).toBe(
    'a caller without a role is neither self, editor nor admin',
  )
  expect(guard(short).explain(NOBODY)).toBe('an unknown caller is not let in by short')
  expect(guard(() => false).explain(ANN)).toBe('basic is not let in by a rule')
})
