/** What somebody else said goes into the fields of an answer, and into the log, only as far as it may stand there. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defineApi, done, moved, resource, Unavailable } from '../../src/server/index.ts'
import { createFetchHandler } from '../../src/server/shell/fetch.ts'
import { start, type Started } from '../start.ts'
import { send } from '../wire.ts'

let patience = 0
const busy = resource('/busy', {
  allow: { post: 'anyone' },
  post: {
    outcomes: ['done'],
    perform: () => {
      if (patience !== 0) throw new Unavailable('busy', { retryAfter: patience })
      return done()
    },
  },
})

let server: Started
beforeAll(async () => {
  server = await start(defineApi({ busy, old: moved('/old', '/busy') }, { cors: { origins: '*' } }))
})
afterAll(() => server.stop())

test.each([
  [1.2, '2'],
  [120, '120'],
  [-5, '1'],
  [NaN, '1'],
  [Infinity, '1'],
  [1e30, '1'],
])('RFC 9110 §10.2.3: %d seconds are Retry-After: %s', async (seconds, value) => {
  patience = seconds
  const { status, fields } = await send(server.port, 'POST', '/busy')
  expect([status, fields['retry-after']]).toEqual([503, value])
})

test.each([
  ['?a=b&c=%20/?', '?a=b&c=%20/?'],
  ['?"<>^`{|}\\', '?%22%3C%3E%5E%60%7B%7C%7D%5C'],
  ['?100%', '?100%25'],
])('RFC 9110 §10.2.2: what follows to where it moved, of %s, is a query', async (query, escaped) => {
  const { fields } = await send(server.port, 'GET', `/old${query}`)
  expect(fields['location']).toBe(`/busy${escaped}`)
})

test.each([
  ['x-a, X-B', 'x-a, X-B'],
  ['x-a, <b>, "c", d e', 'x-a'],
  ['<b>', undefined],
])('Fetch §3.2.2: of %s the names of fields are allowed', async (asked, allowed) => {
  const fields = {
    Origin: 'https://a.example',
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': asked,
  }
  const response = await send(server.port, 'OPTIONS', '/busy', { fields })
  expect([response.status, response.fields['access-control-allow-headers']]).toEqual([204, allowed])
})

test('RFC 9110 §15.6.2: methods that nobody knows are a line of the log a second, not one each', async () => {
  for (let at = 0; at < 5; at++) expect((await send(server.port, 'BREW', '/busy')).status).toBe(501)
  expect(server.log.filter(({ message }) => message === 'request refused')).toHaveLength(1)
})

test('a call that is none counts as no request', async () => {
  const handle = createFetchHandler(server.engine)
  const info = { address: 5 } as object
  await handle(new Request('http://localhost/livez'), info).catch(() => undefined)
  expect(server.engine.requests).toBe(0)
})
