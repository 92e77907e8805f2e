import { expect, test } from 'vitest'
import { curlArguments, type CurlRequest } from './curl.ts'

test.each<[string, Partial<CurlRequest>, string]>([
  ['a method that goes without saying', {}, 'http://h/a'],
  [
    'RFC 9110 §9.3.2: curl waits for the content of a HEAD that it takes for a GET',
    { method: 'HEAD' },
    '-I http://h/a',
  ],
  ['a field', { fields: [['If-Match', '"7"']] }, `-H 'If-Match: "7"' http://h/a`],
  ['content, which is posted', { method: 'POST', content: `{"a":"it's"}` }, `-d '{"a":"it'\\''s"}' http://h/a`],
  ['another method with content', { method: 'PUT', content: 'x' }, '-X PUT -d x http://h/a'],
  ['a target with signs that a shell reads', { url: 'http://h/a?b=1&c' }, `'http://h/a?b=1&c'`],
])('%s', (_, parts, line) => {
  expect(curlArguments({ method: 'GET', url: 'http://h/a', fields: [], content: '', ...parts })).toBe(line)
})

test('quoted as the caller wishes', () => {
  expect(curlArguments({ method: 'GET', url: 'u', fields: [], content: '' }, (text) => `"${text}"`)).toBe('"u"')
})
