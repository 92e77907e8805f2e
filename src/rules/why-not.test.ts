import { describe, expect, test } from 'vitest'
import type { Circumstances } from './cure.ts'
import type { Fact } from './decision.ts'
import { type DecisionId, DECISIONS } from './decisions.ts'
import { DETAIL } from './detail.ts'
import type { Remedy, WhyNot } from './explanation.ts'
import type { Method } from './method.ts'
import { edgesOf, specialise } from './plan.ts'
import { GUARD, REMEDY } from './remedy.ts'
import { type StatusCode, statusRow } from './status.ts'
import type { Mark } from './trace.ts'
import { whyNot } from './why-not.ts'

const NOTHING: Circumstances = { guards: [], rules: [], errors: [], allow: [], takes: [], offers: [] }
const READ: readonly Fact[] = ['item', 'mustExist', 'selects', 'modified', 'negotiated', 'reads']
const WRITE: readonly Fact[] = ['item', 'mustExist', 'selects', 'modified', 'performs', 'stale']

function ask(
  method: Method,
  facts: readonly Fact[],
  step: readonly [DecisionId, Mark],
  status: StatusCode,
  known: Partial<Circumstances> = {},
): WhyNot | undefined {
  const plan = specialise(method, new Set(facts))
  const [id, mark] = step
  return whyNot(plan, [{ id, mark }], status, { ...NOTHING, ...known }, () => ({
    answer: 'no',
    source: { kind: 'server' },
  }))
}

test('every question that can end badly has its fact, and no other', () => {
  const bad = Object.entries(DECISIONS).filter(([id, node]) => {
    const ends = edgesOf(node).filter((edge): edge is StatusCode => typeof edge === 'number')
    return id in DETAIL || ends.some((status) => statusRow(status).retry === 'unneeded' && status >= 300)
  })
  expect(Object.keys(REMEDY)).toEqual(bad.map(([id]) => id))
})

test('every fact ends a sentence', () => {
  for (const { fact } of Object.values(REMEDY)) expect(`if ${fact}.`).toMatch(/^if [a-zA-Z{](?!.*\. ).*[^.\s]\.$/)
})

test('every fact is filled with what is known', () => {
  for (const [id, { fact }] of Object.entries(REMEDY)) {
    const sentence = ask('GET', [], [id as DecisionId, 'no'], 400)?.sentence
    expect([fact, sentence]).toEqual([fact, expect.not.stringMatching(/[{}]/)])
  }
})

test.each([
  ['what went well', 'reads', 'gave', 200],
  ['OPTIONS', 'notOptions', 'gave', 204],
  ['what is to be looked at elsewhere', 'seeOther', 'yes', 303],
] as const)('%s is not asked about', (_, id, mark, status) => {
  expect(ask('POST', [...WRITE, 'seeOther'], [id, mark], status)).toBeUndefined()
})

test('a request of which nothing was asked', () => {
  const plan = specialise('GET', new Set())
  expect(whyNot(plan, [], 500, NOTHING, () => ({ answer: '', source: { kind: 'server' } }))).toBeUndefined()
})

describe('the sentence', () => {
  const errors = [
    { pointer: '/email', detail: '', code: 'taken' },
    { pointer: '/username', detail: '', code: 'taken' },
  ]
  // oxfmt-ignore
  test.each<readonly [string, Method, readonly Fact[], DecisionId, StatusCode, Partial<Circumstances>, string]>([
    ['RFC 9110 §15.5.4', 'DELETE', [...WRITE, 'deleted', 'itemRule'], 'itemAllowed', 403,
      { guards: ['owner', 'admin'] },
      'It could have been 204 if the caller were the owner of the item or in the role admin.'],
    ['a rule that is a function', 'DELETE', [...WRITE, 'deleted', 'itemRule'], 'itemAllowed', 403,
      { guards: ['admin'], rules: ['isEditor'] },
      'It could have been 204 if the caller were in the role admin or let in by isEditor.'],
    ['RFC 9110 §15.5.2', 'GET', [...READ, 'guarded'], 'signedIn', 401,
      { guards: ['signedIn'] }, 'It could have been 200 if the caller were signed in.'],
    ['nobody may', 'GET', [...READ, 'guarded', 'roles'], 'classAllowed', 403,
      {}, 'It could have been 200 if the caller were another.'],
    ['RFC 9110 §15.4.5', 'GET', READ, 'ifNoneMatch', 304,
      {}, 'It could have been 200 if If-None-Match did not name the current ETag.'],
    ['RFC 9110 §15.5.10', 'POST', ['performs', 'created', 'conflict', 'content'], 'noConflict', 409,
      { errors, takes: ['application/json'] },
      'It could have been 201 if /email and /username were not taken.'],
    ['a conflict in words of the author', 'POST', ['performs', 'created', 'conflict', 'content'], 'noConflict', 409,
      { errors: [{ pointer: '/at', detail: '', code: 'late' }], takes: ['application/json'] },
      'It could have been 201 if the present state did not stand against /at.'],
    ['a conflict with nothing that was sent', 'DELETE', [...WRITE, 'deleted', 'conflict'], 'noConflict', 409,
      { errors: [{ pointer: '', detail: '', code: 'in_use' }] },
      'It could have been 204 if nothing referred to it.'],
    ['several good ends', 'PATCH', [...WRITE, 'replies'], 'ifMatch', 412,
      { etag: '"7"' }, 'It could have been 200 or 204 if If-Match named the current ETag.'],
    ['RFC 9110 §15.5.1', 'GET', READ, 'query', 400,
      { errors: [{ parameter: 'sort', detail: '', code: 'invalid' }] },
      'It could have been 200 if sort were right.'],
    ['mistakes of several kinds', 'POST', ['performs', 'created', 'content', 'schema'], 'contentValid', 400,
      { takes: ['application/json'], errors: [
        { pointer: '/name', detail: '', code: 'required' },
        { pointer: '/odd', detail: '', code: 'unknown_member' },
        { pointer: '/id', detail: '', code: 'read_only' },
        { pointer: '/age', detail: '', code: 'invalid' },
      ] },
      'It could have been 201 if /name were there, /odd and /id were left out, and /age were right.'],
    ['a field that is refused outright', 'POST', ['performs', 'created', 'content', 'secret'], 'keyKept', 400,
      {}, 'It could have been 201 if there were no Idempotency-Key.'],
    ['an If-Match where there is nothing', 'PUT', ['item', 'selects', 'performs', 'created'], 'ifMatch', 412,
      {}, 'It could have been 201 if there were an ETag here for If-Match to name.'],
    ['an If-Match where nothing has a version', 'POST', ['represented', 'performs', 'created'], 'ifMatchUnversioned', 412,
      {}, 'It could have been 201 if there were no If-Match, since nothing here has a version.'],
    ['an If-Match where nothing is shown', 'POST', ['unrepresented', 'performs', 'created'], 'ifMatchUnrepresented', 412,
      {}, 'It could have been 201 if there were no If-Match, since nothing here has a representation.'],
    ['content as a whole', 'POST', ['performs', 'created', 'content', 'schema'], 'contentValid', 400,
      { takes: ['application/json'] }, 'It could have been 201 if the content were right.'],
    ['RFC 9110 §15.5.5', 'GET', ['unrouted'], 'route', 404,
      {}, 'It could have gone on if the path were that of a resource.'],
    ['RFC 9110 §15.5.6', 'DELETE', ['otherMethod'], 'methodAllowed', 405,
      { allow: ['GET', 'HEAD', 'POST'] }, 'It could have gone on if the method were GET, HEAD or POST.'],
    ['RFC 9110 §15.5.7', 'GET', READ, 'acceptable', 406,
      { offers: ['application/json'] }, 'It could have been 200 if Accept allowed application/json.'],
    ['RFC 9110 §15.5.16', 'POST', ['performs', 'created', 'content'], 'contentType', 415,
      { takes: ['application/json'] }, 'It could have been 201 if the content were application/json.'],
    ['a credential that is none, where none is needed', 'GET', [...READ, 'accounts'], 'credentialsValid', 401,
      {}, 'It could have been 200 if the credentials were valid, or there were none.'],
    ['the same where one is needed', 'GET', [...READ, 'accounts', 'guarded'], 'credentialsValid', 401,
      { guards: ['admin'] }, 'It could have been 200 if the credentials were valid.'],
    ['RFC 9110 §15.6.4', 'DELETE', [...WRITE, 'deleted', 'unavailable'], 'working', 503,
      {}, 'It could have been 204 if everything this server depends on were within reach.'],
  ])('%s: %s', (_, method, facts, id, status, known, sentence) => {
    expect(ask(method, facts, [id, 'no'], status, known)?.sentence).toBe(sentence)
  })

  test('the answer yes can be the one that led astray', () => {
    expect(ask('OPTIONS', ['asterisk'], ['asterisk', 'no'], 400)?.instead).toEqual([204])
    expect(ask('OPTIONS', ['asterisk'], ['asterisk', 'yes'], 400)?.instead).toEqual([])
  })
})

describe('the remedies', () => {
  const input = { properties: { name: { type: 'string' }, odd: true } }
  // oxfmt-ignore
  test.each<readonly [string, DecisionId, Partial<Circumstances>, readonly Remedy[]]>([
    ['whoever may', 'itemAllowed', { guards: ['owner', 'self', 'signedIn', 'admin', 'constructor'] }, [
      { kind: 'credentials', who: 'owner' },
      { kind: 'credentials', who: 'self' },
      { kind: 'credentials' },
      { kind: 'credentials', role: 'admin' },
      { kind: 'credentials', role: 'constructor' },
    ]],
    ['credentials of those who may', 'credentialsValid', { guards: ['admin'] }, [
      { kind: 'credentials', role: 'admin' },
    ]],
    ['no credentials', 'credentialsValid', {}, [
      { kind: 'withoutField', name: 'Authorization' },
      { kind: 'credentials' },
    ]],
    ['the current ETag', 'ifMatch', { etag: '"7"' }, [
      { kind: 'field', name: 'If-Match', value: '"7"' },
      { kind: 'withoutField', name: 'If-Match' },
    ]],
    ['no ETag, where there is none', 'ifMatch', {}, [{ kind: 'withoutField', name: 'If-Match' }]],
    ['the date of the last change', 'ifUnmodifiedSince', { lastModified: 0 }, [
      { kind: 'field', name: 'If-Unmodified-Since', value: 'Thu, 01 Jan 1970 00:00:00 GMT' },
      { kind: 'withoutField', name: 'If-Unmodified-Since' },
    ]],
    ['no date, where there is none', 'ifUnmodifiedSince', {}, [
      { kind: 'withoutField', name: 'If-Unmodified-Since' },
    ]],
    ['a new key', 'keySame', {}, [{ kind: 'field', name: 'Idempotency-Key' }]],
    ['what is taken', 'contentType', { takes: ['application/json'] }, [
      { kind: 'field', name: 'Content-Type', value: 'application/json' },
    ]],
    ['what is offered', 'acceptable', { offers: ['application/json'] }, [
      { kind: 'field', name: 'Accept', value: 'application/json' },
      { kind: 'withoutField', name: 'Accept' },
    ]],
    ['every member together', 'contentValid', {
      takes: ['application/json'],
      input,
      errors: [
        { pointer: '/name', detail: '', code: 'required' },
        { pointer: '/odd', detail: '', code: 'invalid' },
        { pointer: '/toString', detail: '', code: 'unknown_member' },
        { pointer: '/name', detail: '', code: 'invalid' },
        { detail: '', code: 'invalid' },
      ],
    }, [
      { kind: 'member', pointer: '/name', code: 'required', change: 'set', schema: { type: 'string' }, together: true },
      { kind: 'member', pointer: '/odd', code: 'invalid', change: 'leave', together: true },
      { kind: 'member', pointer: '/toString', code: 'unknown_member', change: 'leave', together: true },
      { kind: 'member', pointer: '/name', code: 'invalid', change: 'set', schema: { type: 'string' }, together: true },
      { kind: 'member', pointer: '', code: 'invalid', change: 'choose', together: true },
    ]],
    ['members of content that is declared otherwise', 'stillValid', {
      takes: ['application/json'],
      input: { properties: null },
      errors: [{ pointer: '/name', detail: '', code: 'dangling' }],
    }, [{ kind: 'member', pointer: '/name', code: 'dangling', change: 'choose', together: true }]],
    ['members of content whose form is not declared', 'stillValid', {
      takes: ['application/json'],
      input: {},
      errors: [{ pointer: '/name', detail: '', code: 'dangling' }],
    }, [{ kind: 'member', pointer: '/name', code: 'dangling', change: 'choose', together: true }]],
    ['none, where nothing was sent', 'noConflict', { errors: [{ pointer: '', detail: '', code: 'in_use' }] }, []],
    ['a parameter', 'query', { errors: [{ parameter: 'sort', detail: '', code: 'invalid' }] }, [
      { kind: 'parameter', name: 'sort', code: 'invalid', together: true },
    ]],
    ['a method that is there', 'methodAllowed', { allow: ['GET'] }, [{ kind: 'method', allow: ['GET'] }]],
    ['the new address', 'notMoved', { location: '/new' }, [{ kind: 'target', location: '/new', query: 'sent' }]],
    ['where the item is now', 'itemNotMoved', { location: '/new' }, [{ kind: 'target', location: '/new' }]],
    ['some other address', 'route', {}, [{ kind: 'target' }]],
    ['less content', 'contentSize', {}, [{ kind: 'content' }]],
    ['patience', 'available', { retryAfter: 1.2 }, [{ kind: 'wait', seconds: 2 }]],
    ['a moment', 'working', {}, [{ kind: 'wait', seconds: 1 }]],
    ['nothing', 'unforeseen', {}, []],
  ])('%s, after %s', (_, id, known, remedies) => {
    expect(ask('POST', [], [id, 'no'], 400, known)?.remedies).toEqual(remedies)
  })

  test('a condition cannot be left away where one is needed (RFC 6585 §3)', () => {
    const facts = [...WRITE, 'replies', 'conditionRequired'] as const
    expect(ask('PATCH', facts, ['ifMatch', 'no'], 412, { etag: '"7"' })?.remedies).toEqual([
      { kind: 'field', name: 'If-Match', value: '"7"' },
    ])
    expect(ask('PATCH', facts, ['ifUnmodifiedSince', 'no'], 412)?.remedies).toEqual([])
  })

  test('a role may have any name', () => {
    expect([...GUARD.keys()]).toEqual(['signedIn', 'owner', 'self'])
  })
})

test('what was thrown has its source where it was thrown', () => {
  const plan = specialise('POST', new Set(['performs', 'created']))
  const steps = [{ id: 'perform', mark: 'threw' } as const, { id: 'unforeseen', mark: 'gave' } as const]
  const said = whyNot(plan, steps, 500, NOTHING, ({ id }) => ({ answer: id, source: { kind: 'function', at: id } }))
  expect(said).toMatchObject({
    decision: 'unforeseen',
    answer: 'unforeseen',
    source: { at: 'perform' },
    instead: [201],
  })
})

test('what to do is what the tables say', () => {
  const said = ask('GET', READ, ['ifNoneMatch', 'no'], 304)
  expect(said).toMatchObject({ rfc: '9110 §13.1.2', may: 'reuse', answer: 'no', source: { kind: 'server' } })
  expect(said?.client).toMatch(/copy/)
  expect(ask('GET', READ, ['exists', 'no'], 404)).toMatchObject({ detail: DETAIL.exists })
  expect(ask('GET', READ, ['exists', 'no'], 404)).not.toHaveProperty('may')
})
