/** The explorer's own reckoning: drafts, lines for a shell, samples and changes, without a browser. */
import { describe, expect, it, test } from 'vitest'
import type { ExplainedExchange, Remedy } from '../../src/rules/index.ts'
import { curlOf } from '../../web/api/curl.ts'
import { type Draft, EMPTY, fieldsOf, keptByBrowser, withField } from '../../web/api/draft.ts'
import { notesOn } from '../../web/api/notes.ts'
import { changesFor } from '../../web/api/remedy.ts'
import { sampleOf } from '../../web/api/sample.ts'
import { placeOf, rememberSent, sentAs } from '../../web/api/sent.ts'

const KEYS = { basic: 'b1', admin: 'a1' }
const draft = (parts: Partial<Draft> = {}): Draft => ({ ...EMPTY, path: '/articles/7', ...parts })

describe('the fields of a draft', () => {
  it.each<[string, Partial<Draft>, [string, string][]]>([
    ['none', {}, []],
    ['credentials of whoever it is sent as', { as: 'basic' }, [['Authorization', 'Bearer b1']]],
    ['none of a role without a key', { as: 'editor' }, []],
    ['a type where there is content', { content: '{}' }, [['Content-Type', 'application/json']]],
    [
      'what is written has the last word',
      { as: 'basic', content: 'x', fields: 'authorization: Basic eA==\nContent-Type: text/plain' },
      [
        ['authorization', 'Basic eA=='],
        ['Content-Type', 'text/plain'],
      ],
    ],
    ['what is no field is left out', { fields: 'nothing\n: x\nX: ☃\nIf-Match:  "7"  ' }, [['If-Match', '"7"']]],
  ])('%s', (_, parts, fields) => {
    expect(fieldsOf(draft(parts), KEYS)).toEqual(fields)
  })

  it('are set and taken away whatever their case (RFC 9110 §5.1)', () => {
    const set = withField(draft({ fields: 'if-match: "1"\nX: 1' }), 'If-Match', '"2"')
    expect(set.fields).toBe('X: 1\nIf-Match: "2"')
    expect(withField(set, 'IF-MATCH', undefined).fields).toBe('X: 1')
  })

  it.each<[string, Partial<Draft>, boolean, readonly string[]]>([
    ['all of it', { fields: 'If-Match: *', content: '{}', method: 'PUT' }, true, []],
    ['a line that is half written', { fields: 'If-M' }, false, []],
    ['a line that is no field', { fields: 'If-M' }, true, ['Left out']],
    ['content', { content: '{}' }, false, ['A browser sends no content with GET']],
    ['what is the browser’s', { fields: 'Cookie: a=b' }, false, ['A browser sets Cookie']],
    ['a path with variables', { path: '/articles/{id}' }, false, ['Put a value in place']],
  ])('not sent as it is written: %s', (_, parts, tried, notes) => {
    const said = notesOn(draft(parts), tried)
    expect(said).toEqual(notes.map((note) => expect.stringContaining(note)))
  })

  it('that a browser keeps for itself are known', () => {
    expect(keptByBrowser(draft({ fields: 'Host: x\nIf-Match: *\nSec-Fetch-Site: none' }))).toEqual([
      'Host',
      'Sec-Fetch-Site',
    ])
  })
})

test.each<[Partial<Draft>, string]>([
  [{}, 'curl -i http://h/articles/7'],
  [{ method: 'HEAD' }, 'curl -i -I http://h/articles/7'],
  [{ method: 'DELETE', as: 'admin' }, "curl -i -X DELETE -H 'Authorization: Bearer a1' http://h/articles/7"],
  [
    { method: 'POST', content: `{"a":"it's"}` },
    `curl -i -H 'Content-Type: application/json' -d '{"a":"it'\\''s"}' http://h/articles/7`,
  ],
])('the line for a shell of %j', (parts, line) => {
  expect(curlOf(draft(parts), KEYS, 'http://h')).toBe(line)
})

test.each<[object, unknown]>([
  [{ const: 7 }, 7],
  [{ enum: ['basic', 'admin'] }, 'basic'],
  [{ type: 'integer', minimum: 3 }, 3],
  [{ type: ['number', 'null'] }, 1],
  [{ type: 'boolean' }, true],
  [{ type: 'array' }, []],
  [{ anyOf: [{ type: 'null' }, { type: 'string' }] }, null],
  [{ type: 'string', format: 'email' }, expect.stringMatching(/^\w+@example\.com$/)],
  [{ type: 'string', minLength: 40 }, expect.stringMatching(/^slug-\w+$/)],
  [{ properties: { a: { const: 1 }, b: { const: 2 } }, required: ['b'] }, { b: 2 }],
  [{ properties: { id: { const: 0, readOnly: true }, a: { const: 1 } } }, { a: 1 }],
])('a sample of %j', (schema, sample) => {
  expect(sampleOf(schema, 'slug')).toEqual(sample)
})

describe('what would have helped, as a request', () => {
  const changes = (remedies: readonly Remedy[], sent: Draft | undefined, method = 'PATCH') =>
    changesFor({ method, path: '/articles/7', whyNot: { remedies } } as ExplainedExchange, sent, KEYS)

  it.each<[Remedy, Partial<Draft>, string, Partial<Draft>, boolean]>([
    [{ kind: 'credentials', role: 'admin' }, { as: 'basic' }, 'as admin', { as: 'admin' }, true],
    [{ kind: 'credentials', role: 'editor' }, {}, 'as editor', { as: 'editor' }, false],
    [{ kind: 'field', name: 'If-Match', value: '"7"' }, {}, 'with If-Match "7"', { fields: 'If-Match: "7"' }, true],
    [{ kind: 'field', name: 'If-Match' }, {}, 'with If-Match', { fields: 'If-Match: ' }, false],
    [{ kind: 'withoutField', name: 'Accept' }, { fields: 'Accept: x/y' }, 'without Accept', { fields: '' }, true],
    [{ kind: 'withoutField', name: 'Authorization' }, { as: 'basic' }, 'without Authorization', { as: '' }, true],
    [{ kind: 'method', allow: ['GET', 'HEAD'] }, {}, 'with GET', { method: 'GET' }, true],
    [{ kind: 'target', location: '/new' }, {}, 'at /new', { path: '/new' }, true],
    [{ kind: 'content' }, {}, 'with other content', {}, false],
    [{ kind: 'wait', seconds: 2 }, {}, 'again, in 2 s', {}, true],
    [
      { kind: 'parameter', name: 'no', code: 'unknown', together: true },
      { path: '/articles?no=such&limit=1' },
      'without ?no',
      { path: '/articles?limit=1' },
      true,
    ],
    [
      { kind: 'parameter', name: 'a b', code: 'unknown', together: true },
      { path: '/articles?%61+b=1&limit=1&a%20b' },
      'without ?a b',
      { path: '/articles?limit=1' },
      true,
    ],
    [
      { kind: 'parameter', name: 'a b', code: 'required', together: true },
      { path: '/articles' },
      'with ?a b',
      { path: '/articles?a%20b=' },
      false,
    ],
    [
      { kind: 'parameter', name: 'to', code: 'required', together: true },
      { path: '/articles?from=x' },
      'with ?to',
      { path: '/articles?from=x&to=' },
      false,
    ],
    [
      { kind: 'member', pointer: '', code: 'malformed', change: 'choose', together: true },
      { content: '[]' },
      'with other content',
      { content: '[]' },
      false,
    ],
    [
      { kind: 'member', pointer: '/a~1b', code: 'unknown_member', change: 'leave', together: true },
      { content: '{"a/b":1,"c":2}' },
      'without a/b',
      { content: '{\n  "c": 2\n}' },
      true,
    ],
    [
      { kind: 'member', pointer: '/title', code: 'required', change: 'set', schema: { const: 'x' }, together: true },
      { content: '' },
      'with title',
      { content: '{\n  "title": "x"\n}' },
      true,
    ],
    [
      { kind: 'member', pointer: '/title', code: 'invalid', change: 'set', schema: { const: 'x' }, together: true },
      { content: 'no JSON' },
      'with title',
      { content: 'no JSON' },
      false,
    ],
    [
      { kind: 'member', pointer: '/authorId', code: 'dangling', change: 'choose', schema: {}, together: true },
      { content: '{"authorId":"9"}' },
      'with authorId',
      { content: '{"authorId":"9"}' },
      false,
    ],
  ])('%j', (remedy, sent, label, changed, ready) => {
    const before = draft({ method: 'PATCH', ...sent })
    expect(changes([remedy], before)).toMatchObject([{ label, ready, draft: { ...before, ...changed } }])
  })

  it('is to be written where nobody knows whose key it takes, or which address', () => {
    expect(changes([{ kind: 'credentials', who: 'owner' }], draft())).toMatchObject([
      { label: 'as the owner of the item', ready: false },
    ])
    expect(changes([{ kind: 'target' }], draft())).toEqual([])
  })

  it('is one button for all members together, and none twice', () => {
    const member = (name: string): Remedy => ({
      kind: 'member',
      pointer: `/${name}`,
      code: 'required',
      change: 'set',
      schema: { const: name },
      together: true,
    })
    const both = changes([member('a'), member('b')], draft({ content: '{}' }))
    expect(both).toMatchObject([{ label: 'with a, b', draft: { content: '{\n  "a": "a",\n  "b": "b"\n}' } }])
    expect(changes([{ kind: 'content' }, { kind: 'content' }], draft())).toHaveLength(1)
  })

  it('of a request that was sent from elsewhere waits for its content, if it had any', () => {
    const remedy: Remedy = { kind: 'credentials', role: 'admin' }
    expect(changes([remedy], undefined)).toMatchObject([{ ready: false }])
    expect(changes([remedy], undefined, 'DELETE')).toMatchObject([{ ready: true, draft: { method: 'DELETE' } }])
  })
})

test('what was sent is known again by its reference, and the place it led to fits its template', () => {
  const reply = {
    status: 201,
    hidden: false,
    phrase: '',
    fields: [['location', '/articles/7']] as const,
    content: '',
    end: 'whole',
    reference: 'r-1',
    milliseconds: 1,
  } as const
  rememberSent(reply, draft({ method: 'POST' }))
  expect([sentAs('r-1')?.method, sentAs('r-2')]).toEqual(['POST', undefined])
  expect(['/articles/{id}', '/articles/{id}/publish', '/users/{id}'].map(placeOf)).toEqual([
    '/articles/7',
    undefined,
    undefined,
  ])
  rememberSent({ ...reply, fields: [] }, draft({ method: 'DELETE' }))
  expect(placeOf('/articles/{id}')).toBeUndefined()
})
