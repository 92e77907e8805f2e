/** "Why not 200?", over real sockets: what it says is true, since the request that is changed so gets what it names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExplainedExchange, ExplainedOperation, ExchangeLine, OperationList, Remedy } from '../src/rules/index.ts'
import { KEYS, type Started, startNewsroom } from './start.ts'
import { send, type Sent, type WireResponse } from './wire.ts'

let started: Started
let article: string
beforeAll(async () => {
  started = await startNewsroom({ development: true })
  const { fields } = await send(started.port, 'POST', '/articles', {
    as: KEYS.admin,
    content: { title: 'First', body: 'Text' },
  })
  article = fields['location'] ?? ''
})
afterAll(() => started.stop())

interface Asked extends Sent {
  readonly method: string
  readonly target: string
}

const sent = ({ method, target, ...rest }: Asked): Promise<WireResponse> => send(started.port, method, target, rest)

async function explained(request: Asked): Promise<ExplainedExchange> {
  const { fields } = await sent(request)
  const trace = await send(started.port, 'GET', `/.tenfour/x/${fields['request-id']}`)
  return trace.json<ExplainedExchange>()
}

/** The one change, made. */
function changed(request: Asked, remedy: Remedy): Asked {
  switch (remedy.kind) {
    case 'credentials':
      return { ...request, as: remedy.role === 'basic' ? KEYS.basic : KEYS.admin }
    case 'field':
      return { ...request, fields: { ...request.fields, [remedy.name]: remedy.value ?? '"new"' } }
    case 'withoutField': {
      const { [remedy.name]: _gone, ...fields } = request.fields ?? {}
      const { as: _as, ...rest } = request
      return remedy.name === 'Authorization' ? { ...rest, fields } : { ...request, fields }
    }
    case 'member':
      return {
        ...request,
        content: { ...(request.content as object), [remedy.pointer.slice(1)]: `new${Date.now()}` },
      }
    case 'parameter':
      return { ...request, target: request.target.split('?')[0] ?? '' }
    case 'method':
      return { ...request, method: remedy.allow[0] ?? '' }
    case 'target':
      return { ...request, target: remedy.location ?? '/articles' }
    case 'content':
    case 'wait':
      return request
  }
}

const user = { email: 'new@example.com', username: 'somebody' }

describe('L16 where it was declared', () => {
  const ada = { email: 'ada@example.com', username: 'ada' }
  it.each<readonly [string, () => Asked, string]>([
    [
      'a value that is taken',
      () => ({ method: 'POST', target: '/users', content: ada }),
      'users.email, users.username',
    ],
    [
      'one of two that is taken',
      () => ({ method: 'POST', target: '/users', content: { ...ada, username: 'adele' } }),
      'users.email',
    ],
    [
      'content that is not right',
      () => ({ method: 'POST', target: '/users', content: { ...ada, email: 'none' } }),
      'users.email',
    ],
    [
      'a member that there is none of',
      () => ({ method: 'POST', target: '/users', content: { ...ada, colour: 'red' } }),
      'users',
    ],
  ])('%s: the members at fault, and no others', async (_, asked, at) => {
    await sent({ method: 'POST', target: '/users', content: ada })
    const { whyNot } = await explained(asked())
    expect(whyNot?.source).toMatchObject({ kind: 'declared', at })
  })
})

describe('L16 what would have been different', () => {
  it.each<readonly [string, () => Asked, string, Partial<Remedy>]>([
    [
      '304: RFC 9110 §13.1.2',
      () => ({ method: 'GET', target: article, fields: { 'If-None-Match': '*' } }),
      'It could have been 200 if If-None-Match did not name the current ETag.',
      { kind: 'withoutField' },
    ],
    [
      '400 of content: RFC 9110 §15.5.1',
      () => ({ method: 'POST', target: '/users', content: { email: 'given@example.com' } }),
      'It could have been 201 if /username were there.',
      { kind: 'member', pointer: '/username', code: 'required' },
    ],
    [
      '400 of a query: RFC 9110 §15.5.1',
      () => ({ method: 'GET', target: '/articles?colour=red' }),
      'It could have been 200 if colour were left out.',
      { kind: 'parameter', name: 'colour' },
    ],
    [
      '401: RFC 9110 §15.5.2',
      () => ({ method: 'POST', target: '/articles', content: { title: 'A', body: 'B' } }),
      'It could have been 201 if the caller were signed in.',
      { kind: 'credentials' },
    ],
    [
      '401 of credentials that are none: RFC 9110 §11.6.2',
      () => ({ method: 'GET', target: '/articles', as: 'nobodys' }),
      'It could have been 200 if the credentials were valid, or there were none.',
      { kind: 'withoutField', name: 'Authorization' },
    ],
    [
      '403: RFC 9110 §15.5.4',
      () => ({ method: 'PATCH', target: article, as: KEYS.basic, content: { body: 'Changed' } }),
      'It could have been 200 or 204 if the caller were the owner of the item or in the role admin.',
      { kind: 'credentials', role: 'admin' },
    ],
    [
      '404: RFC 9110 §15.5.5',
      () => ({ method: 'GET', target: '/articles/none' }),
      'It could have been 200 if there were such an item.',
      { kind: 'target' },
    ],
    [
      '405: RFC 9110 §15.5.6',
      () => ({ method: 'DELETE', target: '/articles' }),
      'It could have gone on if the method were GET, HEAD, POST or OPTIONS.',
      { kind: 'method' },
    ],
    [
      '406: RFC 9110 §15.5.7',
      () => ({ method: 'GET', target: article, fields: { Accept: 'image/png' } }),
      'It could have been 200 if Accept allowed application/json.',
      { kind: 'field', name: 'Accept', value: 'application/json' },
    ],
    [
      '409: RFC 9110 §15.5.10',
      () => ({ method: 'POST', target: '/users', content: { ...user, username: 'admin' } }),
      'It could have been 201 if /username were not taken.',
      { kind: 'member', pointer: '/username', code: 'taken' },
    ],
    [
      '412: RFC 9110 §13.1.1',
      () => ({
        method: 'PATCH',
        target: article,
        as: KEYS.admin,
        fields: { 'If-Match': '"stale"' },
        content: { body: 'New' },
      }),
      'It could have been 200 or 204 if If-Match named the current ETag.',
      { kind: 'field', name: 'If-Match' },
    ],
    [
      '415: RFC 9110 §15.5.16',
      () => ({
        method: 'POST',
        target: '/articles',
        as: KEYS.basic,
        fields: { 'Content-Type': 'text/plain' },
        content: { title: 'A', body: 'B' },
      }),
      'It could have been 201 if the content were application/json.',
      { kind: 'field', name: 'Content-Type', value: 'application/json' },
    ],
  ])('%s', async (_, request, sentence, remedy) => {
    const asked = request()
    const { whyNot } = await explained(asked)
    expect(whyNot?.sentence).toBe(sentence)
    const found = whyNot?.remedies.find(
      (one) =>
        one.kind === remedy.kind &&
        Object.entries(remedy).every(([name, value]) => one[name as keyof Remedy] === value),
    )
    expect(found).toBeDefined()
    const { status } = await sent(changed(asked, found as Remedy))
    expect(whyNot?.instead.length === 0 ? [200] : whyNot?.instead).toContain(status)
  })

  it('is not asked of what went well', async () => {
    expect(await explained({ method: 'GET', target: '/articles' })).not.toHaveProperty('whyNot')
  })
})

describe('an exchange', () => {
  it('has its path, each answer with where it is from, and the whole ladder', async () => {
    const exchange = await explained({ method: 'DELETE', target: article, as: KEYS.basic })
    expect(exchange).toMatchObject({
      status: 403,
      operation: 'DELETE /articles/{id}',
      decision: 'itemAllowed',
      reason: 'basic is neither owner nor admin',
    })
    expect(exchange.steps.at(-1)).toMatchObject({
      id: 'itemAllowed',
      mark: 'no',
      source: { kind: 'declared', at: 'articles.allow.delete', says: 'owner or admin' },
    })
    expect(exchange.steps.find(({ id }) => id === 'load')?.source).toEqual({ kind: 'store' })
    expect(exchange.steps.find(({ id }) => id === 'lengthKnown')?.source).toEqual({
      kind: 'field',
      name: 'transfer-encoding',
    })
    const asked = new Set(exchange.steps.map(({ id }) => id))
    const alive = exchange.ladder.filter(({ folded }) => !folded).map(({ id }) => id)
    expect([...asked].filter((id) => !alive.includes(id))).toEqual([])
    expect(exchange.ladder.find(({ id }) => id === 'contentValid')).toMatchObject({
      folded: true,
      lacks: ['content', 'schema'],
    })
  })

  it('says how long it waited, and only where it did', async () => {
    const { steps } = await explained({
      method: 'POST',
      target: '/articles',
      as: KEYS.basic,
      content: { title: 'A', body: 'B' },
    })
    const waited = steps.filter(({ milliseconds }) => milliseconds !== undefined).map(({ id }) => id)
    expect(waited).toContain('perform')
    expect(waited).not.toContain('signedIn')
    expect(
      (await explained({ method: 'GET', target: '/livez' })).steps.every(
        ({ milliseconds }) => milliseconds === undefined,
      ),
    ).toBe(true)
  })
})

describe('the operations', () => {
  it('are all there, each with its statuses, who may, and every question', async () => {
    const { title, operations } = (await send(started.port, 'GET', '/.tenfour/operations')).json<OperationList>()
    expect(title).toBe('Newsroom')
    expect(operations.map(({ operation }) => operation)).toEqual(
      started.engine.operations.map(({ operation }) => `${operation.method} ${operation.path}`),
    )
    const of = (name: string): ExplainedOperation | undefined => operations.find(({ operation }) => operation === name)
    expect(of('DELETE /articles/{id}')).toMatchObject({ allow: 'owner or admin', takes: [] })
    expect(of('GET /articles')).not.toHaveProperty('allow')
    expect(of('GET /session')).toMatchObject({ allow: 'signedIn' })
    expect(of('GET /keys')).toMatchObject({ allow: 'self or admin' })
    expect(of('POST /users')).toMatchObject({ takes: ['application/json'], input: { type: 'object' } })
    for (const { statuses, ladder } of operations) {
      const ends = ladder.flatMap(({ folded, edges }) => (folded ? [] : edges.map(({ to }) => to)))
      expect(statuses.filter((status) => !ends.includes(status))).toEqual([])
    }
  })

  it('have beside them what every code means', async () => {
    const { statuses, pairs } = (await send(started.port, 'GET', '/.tenfour/statuses')).json<{
      statuses: readonly { code: number; meaning: string; phrase: string }[]
      pairs: readonly object[]
    }>()
    expect(statuses[0]).toMatchObject({ code: 200, phrase: 'OK' })
    expect(statuses.every(({ meaning }) => meaning.length > 10)).toBe(true)
    expect(pairs.length).toBeGreaterThan(10)
  })
})

describe('the list of exchanges', () => {
  const listed = async (query: string): Promise<readonly ExchangeLine[]> =>
    (await send(started.port, 'GET', `/.tenfour/exchanges${query}`)).json<{ exchanges: readonly ExchangeLine[] }>()
      .exchanges

  it('is newest first, and of one status or one operation if that is asked for', async () => {
    await sent({ method: 'GET', target: '/articles' })
    await sent({ method: 'GET', target: '/articles/none' })
    const all = await listed('')
    expect(all[0]).toMatchObject({ method: 'GET', path: '/articles/none', status: 404, decision: 'exists' })
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    expect(new Set((await listed('?status=404')).map(({ status }) => status))).toEqual(new Set([404]))
    const lists = await listed('?operation=GET%20%2Farticles')
    expect(new Set(lists.map(({ operation }) => operation))).toEqual(new Set(['GET /articles']))
    expect(await listed('?status=599')).toEqual([])
  })

  it.each(['?status=ok', '?colour=red'])('%s is 400', async (query) => {
    expect((await send(started.port, 'GET', `/.tenfour/exchanges${query}`)).status).toBe(400)
  })
})
