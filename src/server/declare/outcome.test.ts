import { expect, test } from 'vitest'
import { gone, moved } from './moved.ts'
import {
  accepted,
  changed,
  conflict,
  created,
  deleted,
  done,
  found,
  invalid,
  missing,
  seeOther,
  stale,
} from './outcome.ts'

const errors = [{ detail: 'No.', code: 'no' }]

test.each([
  ['found', found(1), { kind: 'found', item: 1 }],
  [
    'found with validators',
    found(1, { etag: 'a', lastModified: 5 }),
    { kind: 'found', item: 1, etag: '"a"', lastModified: 5 },
  ],
  ['missing', missing(), { kind: 'missing' }],
  ['gone', gone(), { kind: 'gone' }],
  ['moved', moved('/b'), { kind: 'moved', to: '/b' }],
  ['moved for good', moved('/b', { permanent: true }), { kind: 'moved', to: '/b' }],
  ['moved at present', moved('/b', { permanent: false }), { kind: 'movedForNow', to: '/b' }],
  ['created', created(1), { kind: 'created', item: 1 }],
  ['created elsewhere', created(1, { location: '/a' }), { kind: 'created', item: 1, location: '/a' }],
  ['changed', changed(1), { kind: 'changed', item: 1 }],
  ['deleted', deleted(), { kind: 'deleted' }],
  ['done', done(), { kind: 'done' }],
  ['done with content', done(0), { kind: 'done', content: 0 }],
  ['accepted', accepted(), { kind: 'accepted' }],
  ['accepted with a monitor', accepted({ monitor: '/m', content: 1 }), { kind: 'accepted', monitor: '/m', content: 1 }],
  ['seeOther', seeOther('/a'), { kind: 'seeOther', location: '/a' }],
  ['stale', stale(), { kind: 'stale' }],
  ['conflict', conflict(errors), { kind: 'conflict', errors }],
  ['invalid', invalid(errors), { kind: 'invalid', errors }],
])('outcome: %s', (_, outcome, expected) => {
  expect(outcome).toEqual(expected)
})

test('with a path to be served, `moved` and `gone` declare', () => {
  expect(moved('/a/{id}', '/b/{id}')).toEqual({ kind: 'moved', path: '/a/{id}', to: '/b/{id}', how: 'permanent' })
  expect(moved('/a', '/b', { as: 'forNow' })).toEqual({ kind: 'moved', path: '/a', to: '/b', how: 'forNow' })
  expect(gone('/a')).toEqual({ kind: 'gone', path: '/a' })
})
