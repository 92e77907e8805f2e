import { describe, expect, test } from 'vitest'
import { faultsOf } from './explain-response.ts'
import { parseResponse } from './response-text.ts'

const faults = (text: string): string[] => {
  const response = parseResponse(text)
  if (response === undefined) throw new Error('no response')
  return faultsOf(response).map(({ level, detail }) => `${level}: ${detail}`)
}

describe('what a response lacks, by the row of its status', () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      'a 401 without a challenge: RFC 9110 §15.5.2',
      'HTTP/1.1 401 Unauthorized\r\n\r\n',
      ['must: WWW-Authenticate is missing: every 401 carries it.'],
    ],
    ['a 401 with one', 'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm="x"\r\n\r\n', []],
    [
      'a challenge that is none: RFC 9110 §11.6.1',
      'HTTP/1.1 401 X\nWWW-Authenticate: "Bearer\n\n',
      ['must: WWW-Authenticate cannot be read: it is a list of challenges such as Bearer realm="…".'],
    ],
    [
      'a 405 without Allow: RFC 9110 §15.5.6',
      'HTTP/1.1 405 Method Not Allowed\n\n',
      ['must: Allow is missing: every 405 carries it.'],
    ],
    [
      'a 201 without Location: RFC 9110 §15.3.2',
      'HTTP/2 201\n\n{}',
      ['should: Location is missing: a 201 carries it wherever there is something to name.'],
    ],
    [
      'a 204 with content: RFC 9110 §15.3.5',
      'HTTP/1.1 204 No Content\nContent-Length: 2\n\n{}',
      ['must: Content-Length must not come with a 204.', 'must: There is content, and a 204 has none.'],
    ],
    ['a 205 with content: RFC 9110 §15.3.6', 'HTTP/1.1 205 X\n\n{}', ['must: There is content, and a 205 has none.']],
    ['a 200', 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}', []],
    [
      'a code that is not registered: RFC 9110 §15',
      'HTTP/1.1 499 X\n\n',
      ['should: 499 is not registered: clients take it for Bad Request.'],
    ],
    ['a code that is not to be sent', 'HTTP/1.1 305 X\n\n', ['should: 305 is deprecated.']],
    [
      'fields that cannot be read',
      'HTTP/1.1 503 X\nRetry-After: soon\nETag: 7\nDate: now\nContent-Type: json\n\n',
      [
        'must: Retry-After cannot be read: it is seconds, or a date.',
        'must: ETag cannot be read: it is a quoted tag such as "7" or W/"7".',
        'must: Date cannot be read: it is a date such as Thu, 01 Jan 1970 00:00:00 GMT.',
        'must: Content-Type cannot be read: it is a media type such as application/json.',
      ],
    ],
    [
      'a problem of another status: RFC 9457 §3.1.2',
      'HTTP/1.1 400 X\nContent-Type: application/problem+json\n\n{"status":404}',
      ['must: The status in the problem differs from that of the response.'],
    ],
    [
      'a problem that is no JSON',
      'HTTP/1.1 400 X\nContent-Type: application/problem+json\n\n<html>',
      ['must: The content is not the JSON that its Content-Type says.'],
    ],
    [
      'a problem that is no object: RFC 9457 §3',
      'HTTP/1.1 400 X\nContent-Type: application/problem+json\n\n[]',
      ['must: The problem is no JSON object.'],
    ],
    ['a problem', 'HTTP/1.1 400 X\nContent-Type: application/problem+json\n\n{"status":400}', []],
  ])('%s', (_, text, found) => {
    expect(faults(text)).toEqual(found)
  })
})

describe('what was pasted', () => {
  test.each<readonly [string, string, number | undefined]>([
    ['the last of several: an interim response', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n\r\n{}', 201],
    ['redirects that were followed', 'HTTP/1.1 301 X\nContent-Length: 3\n\ngo\nHTTP/1.1 200 OK\n\nthere', 200],
    ['blank lines before it', '\n\n  HTTP/1.1 404 Not Found\n\n', 404],
    ['a status line alone', 'HTTP/1.1 404 Not Found', 404],
    ['without a phrase', 'HTTP/3 404\n', 404],
    ['lines that are no fields', 'HTTP/1.1 404 X\nnonsense\n: none\n\n', 404],
    ['content that looks like one, further down', 'HTTP/1.1 200 OK\n\nsee\n\nHTTP/1.1 500 X', 200],
    ['nothing', '', undefined],
    ['a page', '<!doctype html>', undefined],
    ['a request', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', undefined],
    ['a code of four digits', 'HTTP/1.1 4040 X\n\n', undefined],
    ['a code that begins with none', 'HTTP/1.1 099 X\n\n', undefined],
  ])('%s', (_, text, status) => {
    expect(parseResponse(text)?.status).toBe(status)
  })

  test('what curl -v marks is taken off; what it does not mark is content', () => {
    const said = [
      '* Connected to example (127.0.0.1) port 80',
      '> GET / HTTP/1.1\r',
      '> \r',
      '< HTTP/1.1 200 OK\r',
      '< Content-Type: application/json\r',
      '< \r',
      '{ [16 bytes data]',
      '* Connection #0 to host example left intact',
      '{ "a": [',
      '  1 ] }',
    ]
    const response = parseResponse(said.join('\n'))
    expect([...(response?.fields ?? [])]).toEqual([['content-type', 'application/json']])
    expect(response?.content).toBe('{ "a": [\n  1 ] }')
  })

  test('lines of one name are one list (RFC 9110 §5.3)', () => {
    const response = parseResponse('HTTP/1.1 200 OK\nVary: a\nvary: b\n\nx')
    expect([response?.fields.get('vary'), response?.content]).toEqual(['a, b', 'x'])
  })
})
