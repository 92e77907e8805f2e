import { expect, test } from 'vitest'
import { Router } from './router.ts'

const PATHS = [
  '/',
  '/a',
  '/a/{id}',
  '/a/{id}/publish',
  '/a/latest',
  '/a/{id}/b/{other}',
  '/folder/',
  '/latest',
  '/x.y',
  '/a/b/c',
]

const router = new Router<{ readonly path: string }>()
for (const path of PATHS) router.add(path, { path })

test.each([
  ['/', '/', {}],
  ['/a', '/a', {}],
  ['/a/7', '/a/{id}', { id: '7' }],
  ['/a/latest', '/a/latest', {}],
  ['/a/later', '/a/{id}', { id: 'later' }],
  ['/a/latest/publish', '/a/{id}/publish', { id: 'latest' }],
  ['/a/7/b/8', '/a/{id}/b/{other}', { id: '7', other: '8' }],
  // What a static path begins and does not end is a variable's.
  ['/a/b/c', '/a/b/c', {}],
  ['/a/b/publish', '/a/{id}/publish', { id: 'b' }],
  ['/a/b/b/c', '/a/{id}/b/{other}', { id: 'b', other: 'c' }],
  ['/folder/', '/folder/', {}],
  ['/%61/7', '/a/{id}', { id: '7' }],
  ['/a/%6c%61test', '/a/latest', {}],
  ['/a/%C3%A9', '/a/{id}', { id: 'é' }],
  ['/a/a%2Fb', '/a/{id}', { id: 'a/b' }],
  ['/a/%FF', '/a/{id}', { id: '%FF' }],
  ['/a/*', '/a/{id}', { id: '*' }],
  ['/a/:id', '/a/{id}', { id: ':id' }],
  ['/a/__proto__', '/a/{id}', { id: '__proto__' }],
])('RFC 9110 §4.2.3: %s is %s', (sent, path, params) => {
  const found = router.find(sent)
  expect(found?.resource.path).toBe(path)
  expect(found?.params).toEqual(params)
})

test.each([
  '',
  '//',
  '/A',
  '/a/',
  '/a/7/',
  '/a//publish',
  '/folder',
  '/a/7/publish/',
  '/xzy',
  '/constructor',
  '/__proto__',
])('%j is under no path', (sent) => expect(router.find(sent)).toBeUndefined())
