/** The aids of development: who finds them, and how much they keep. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import newsroom from '../examples/newsroom/api.ts'
import { changed, collection, conflict, defineApi, resource } from '../src/server/index.ts'
import { createFetchHandler } from '../src/server/shell/fetch.ts'
import { start, type Started } from './start.ts'
import { send, Wire } from './wire.ts'

let started: Started
beforeAll(async () => {
  started = await start(newsroom, { development: true })
})
afterAll(() => started.stop())

const traceOf = (reference: string | undefined) => `/.tenfour/x/${reference}`

describe('the trace of an exchange', () => {
  it('is linked from every problem', async () => {
    const { fields, json } = await send(started.port, 'GET', '/articles/none')
    const instance = traceOf(fields['request-id'])
    expect(json()).toMatchObject({ instance })
    expect((await send(started.port, 'GET', instance)).json()).toMatchObject({
      status: 404,
      decision: 'exists',
      path: '/articles/none',
    })
  })

  it('names the question that threw, of a 500 (RFC 9110 §15.6.1)', async () => {
    const broken = resource('/broken', {
      allow: { get: 'anyone' },
      get: () => {
        throw new Error('a bug')
      },
    })
    const server = await start(defineApi({ broken }), { development: true })
    const { status, fields } = await send(server.port, 'GET', '/broken')
    expect(status).toBe(500)
    const { reason, steps } = (await send(server.port, 'GET', traceOf(fields['request-id']))).json<{
      reason: string
      steps: { id: string; answer: string }[]
    }>()
    expect(reason).toContain('reads threw')
    expect(steps.find(({ answer }) => answer.startsWith('threw'))?.id).toBe('reads')
    await server.stop()
  })

  it('says what is wrong with the whole item by its code alone', async () => {
    const notes = collection(
      { text: z.string() },
      {
        allow: { create: 'anyone' },
        actions: {
          publish: {
            allow: 'anyone',
            outcomes: ['changed'],
            when: () => [{ pointer: '', detail: 'It is published already.', code: 'published' }],
            perform: () => changed({}),
          },
        },
      },
    )
    const server = await start(defineApi({ notes }), { development: true })
    const { fields } = await send(server.port, 'POST', '/notes', { content: { text: 'x' } })
    const refused = await send(server.port, 'POST', `${fields['location']}/publish`)
    expect(refused.status).toBe(409)
    const { reason } = (await send(server.port, 'GET', traceOf(refused.fields['request-id']))).json<{
      reason: string
    }>()
    expect(reason).toBe('published')
    await server.stop()
  })

  it('leaves out what could not be read of a request (RFC 9110 §15.6.2)', async () => {
    const wire = await Wire.open(started.port)
    wire.write('BREW /articles HTTP/1.1\r\nHost: localhost\r\n\r\n')
    const { fields } = await wire.read()
    const trace = await send(started.port, 'GET', traceOf(fields['request-id']))
    expect(trace.json()).toMatchObject({ status: 501, method: '', path: '' })
  })

  it('says in its own words what is wrong with nothing in particular', async () => {
    const lent = [{ detail: 'It is lent.', code: 'lent' }]
    const books = collection(
      { text: z.string() },
      {
        allow: { create: 'anyone' },
        actions: { lend: { allow: 'anyone', outcomes: ['changed'], when: () => lent, perform: () => changed({}) } },
      },
    )
    const desk = resource('/desk', {
      allow: { post: 'anyone' },
      post: { outcomes: ['conflict', 'done'], perform: () => conflict(lent) },
    })
    const server = await start(defineApi({ books, desk }), { development: true })
    const { fields } = await send(server.port, 'POST', '/books', { content: { text: 'x' } })
    for (const target of [`${fields['location']}/lend`, '/desk']) {
      const refused = await send(server.port, 'POST', target)
      expect(refused.status).toBe(409)
      const trace = await send(server.port, 'GET', traceOf(refused.fields['request-id']))
      expect(trace.json()).toMatchObject({ reason: 'It is lent.' })
    }
    await server.stop()
  })

  it('is one of the last two hundred, and of what failed is one of the last two hundred that failed', async () => {
    const ended = async (method: string, target: string): Promise<string> =>
      traceOf((await send(started.port, method, target)).fields['request-id'])
    const good = await ended('GET', '/livez')
    const bad = await ended('GET', '/articles/none')
    for (let more = 0; more < 198; more++) await send(started.port, 'GET', '/livez')
    expect((await send(started.port, 'GET', good)).status).toBe(200)
    await send(started.port, 'GET', '/livez')
    expect((await send(started.port, 'GET', good)).status).toBe(404)
    expect((await send(started.port, 'GET', bad)).status).toBe(200)
    for (let more = 0; more < 200; more++) await send(started.port, 'GET', '/articles/none')
    expect((await send(started.port, 'GET', bad)).status).toBe(404)
  })

  it('that is not kept, says how many are, to whoever finds the others', async () => {
    const page = await send(started.port, 'GET', traceOf('none'), { fields: { Accept: 'text/html' } })
    expect([page.status, page.content.includes('the last two hundred are')]).toEqual([404, true])
    const elsewhere = await createFetchHandler(started.engine)(new Request(`http://localhost${traceOf('none')}`), {
      address: '10.0.0.1',
    })
    expect(await elsewhere.json()).toMatchObject({ status: 404, detail: 'There is no such item.' })
  })

  it.each([
    ['127.0.0.1', 200],
    ['127.8.8.8', 200],
    ['::1', 200],
    ['::ffff:127.0.0.1', 200],
    ['10.0.0.1', 404],
    ['::ffff:10.0.0.1', 404],
    ['2001:db8::1', 404],
    ['', 404],
  ])('asked for from %j: %i', async (address, status) => {
    const { fields } = await send(started.port, 'GET', '/articles/none')
    const handle = createFetchHandler(started.engine)
    const url = `http://localhost${traceOf(fields['request-id'])}`
    expect((await handle(new Request(url), { address })).status).toBe(status)
  })

  it.each<[string, Record<string, string>, number]>([
    ['the page itself', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors' }, 200],
    ['an address that was typed', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' }, 200],
    ['a link on another site', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }, 200],
    ['a script of another site', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }, 404],
    ['a script of another port', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' }, 404],
    ['another origin', { Origin: 'http://127.0.0.1:1' }, 404],
    ['an origin that says nothing', { Origin: 'null' }, 404],
    ['a proxy (RFC 9110 §7.6.3)', { Via: '1.1 proxy' }, 404],
    ['a proxy that says for whom (RFC 7239 §4)', { Forwarded: 'for=192.0.2.1' }, 404],
    ['a proxy of the older kind', { 'X-Forwarded-For': '192.0.2.1' }, 404],
    ['a proxy that names one address', { 'X-Real-IP': '192.0.2.1' }, 404],
  ])('asked for by %s', async (_, sent, status) => {
    const { fields } = await send(started.port, 'GET', '/articles/none')
    expect((await send(started.port, 'GET', traceOf(fields['request-id']), { fields: sent })).status).toBe(status)
  })

  it.each([
    ['its own', 'http://localhost', 'localhost', 200],
    ['its own, whatever Host says', 'http://127.0.0.1:80', 'evil.example', 200],
    ['that of another', 'http://evil.example', '127.0.0.1', 404],
  ])('goes by the authority of the target, %s (RFC 9112 §3.2.2)', async (_, origin, host, status) => {
    const { fields } = await send(started.port, 'GET', '/articles/none')
    const target = origin + traceOf(fields['request-id'])
    expect((await send(started.port, 'GET', target, { fields: { Host: host } })).status).toBe(status)
  })

  it('obeys the table like any other resource', async () => {
    const options = await send(started.port, 'OPTIONS', '/.tenfour/faults')
    expect([options.status, options.fields.allow]).toEqual([204, 'POST, OPTIONS'])
    expect((await send(started.port, 'DELETE', '/.tenfour/faults')).status).toBe(405)
    expect((await send(started.port, 'POST', '/.tenfour/faults', { content: '{' })).status).toBe(400)
    expect(
      (
        await send(started.port, 'POST', '/.tenfour/faults', {
          fields: { 'Content-Type': 'text/plain' },
          content: 'throw',
        })
      ).status,
    ).toBe(415)
  })

  it('is no part of the API: neither its index nor its description names it', async () => {
    for (const path of ['/', '/openapi.json'])
      expect((await send(started.port, 'GET', path)).content).not.toContain('.tenfour')
  })
})

describe('a staged fault', () => {
  it('stays away from callers elsewhere', async () => {
    const handle = createFetchHandler(started.engine)
    const stage = new Request('http://localhost/.tenfour/faults', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"next":"throw"}',
    })
    expect((await handle(stage, { address: '10.0.0.1' })).status).toBe(404)
    expect((await send(started.port, 'GET', '/articles')).status).toBe(200)
  })

  it.each(['throw', 'database-down'])('%s hits one request only', async (next) => {
    await send(started.port, 'POST', '/.tenfour/faults', { content: { next } })
    const failing = await send(started.port, 'GET', '/articles')
    expect(failing.status).toBe(next === 'throw' ? 500 : 503)
    const trace = await send(started.port, 'GET', traceOf(failing.fields['request-id']))
    expect(trace.json()).toMatchObject({ decision: next === 'throw' ? 'unforeseen' : 'working' })
    expect((await send(started.port, 'GET', '/articles')).status).toBe(200)
  })
})
