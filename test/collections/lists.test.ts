/** Lists: pages, filters, orders, tags, and whose items are shown. */
import { describe, expect, test } from 'vitest'
import type { Answered } from '../in-process.ts'
import { API } from './api.ts'
import { onStores } from './on-stores.ts'

type Item = Record<string, unknown>
const items = (answer: Answered) => answer.json['items'] as Item[]
const titles = (answer: Answered) => items(answer).map((item) => item['title'])

onStores(API, (world) => {
  const make = async (as: string, title: string, more: object = {}) =>
    (await world.expect(201, 'POST', '/articles', { as, json: { title, body: 'text', ...more } })).json

  const list = (query = '', as?: string) => world.expect(200, 'GET', `/articles${query}`, { as })

  /** Follows next to the end, then prev back to the beginning; returns the titles of each page. */
  async function walk(query: string): Promise<{ there: unknown[][]; back: unknown[][] }> {
    const there: unknown[][] = []
    const back: unknown[][] = []
    let page = await list(query)
    for (; ; page = await world.expect(200, 'GET', String(page.json['next']))) {
      there.push(titles(page))
      if (page.json['next'] === undefined) break
    }
    for (; page.json['prev'] !== undefined;) {
      page = await world.expect(200, 'GET', String(page.json['prev']))
      back.push(titles(page))
    }
    return { there, back }
  }

  test('empty: 200 with no items, no links', async () => {
    const empty = await list()
    expect(empty.json).toEqual({ items: [] })
    expect(empty.fields).not.toHaveProperty('link')
    expect(empty.fields['etag']).toMatch(/^W\/"/)
  })

  test.each(['', '&sort=title', '&sort=-rank'])('pages there and back hold every item once: %s', async (sort) => {
    for (let at = 0; at < 7; at++) await make('root', `t${at}`, { rank: at % 2 })
    const all = titles(await list(`?limit=100${sort}`))
    expect(all).toHaveLength(7)
    const { there, back } = await walk(`?limit=3${sort}`)
    expect(there.map((page) => page.length)).toEqual([3, 3, 1])
    expect(there.flat()).toEqual(all)
    expect(back.toReversed().flat()).toEqual(there.slice(0, -1).flat())
  })

  test('the links are absolute paths that keep the query, in the content and in Link (RFC 8288)', async () => {
    const ann = (await make('ann', 'a "b" & c'))['authorId']
    await make('ann', 'a "b" & c')
    const page = await list(`?limit=1&title=${encodeURIComponent('a "b" & c')}&authorId=${String(ann)}&sort=title`)
    expect(page.json['next']).toMatch(
      /^\/articles\?limit=1&title=a%20%22b%22%20%26%20c&authorId=[^&]+&sort=title&after=[\w-]+$/,
    )
    expect(page.fields['link']).toBe(`<${String(page.json['next'])}>; rel="next"`)
    const next = await world.expect(200, 'GET', String(page.json['next']))
    expect(items(next)).toHaveLength(1)
    expect(next.json).not.toHaveProperty('next')
    expect(next.fields['link']).toBe(`<${String(next.json['prev'])}>; rel="prev"`)
  })

  test('a page stays right while rows come and go', async () => {
    for (const title of ['a', 'b', 'c', 'd']) await make('root', title)
    const first = await list('?limit=2&sort=title')
    const [, b] = items(first)
    await world.expect(204, 'DELETE', `/articles/${String(b?.['id'])}`, { as: 'root' })
    await make('root', 'aa')
    const second = await world.expect(200, 'GET', String(first.json['next']))
    expect(titles(second)).toEqual(['c', 'd'])
    expect(titles(await world.expect(200, 'GET', String(second.json['prev'])))).toEqual(['a', 'aa'])
  })

  test('limit: larger is clamped, below 1 or no number is refused', async () => {
    await make('ann', 'one')
    expect(items(await list('?limit=100000000000000000000'))).toHaveLength(1)
    for (const limit of ['0', '-1', '1.5', 'x', '']) {
      const refused = await world.expect(400, 'GET', `/articles?limit=${limit}`)
      expect(refused.json.errors).toMatchObject([{ parameter: 'limit', code: 'invalid' }])
    }
  })

  test('filters: equality on what is declared; anything else is named', async () => {
    const ann = (await make('ann', 'x'))['authorId']
    await make('bob', 'x')
    await make('ann', 'y')
    expect(items(await list('?title=x'))).toHaveLength(2)
    expect(items(await list(`?title=x&authorId=${String(ann)}`))).toHaveLength(1)
    expect(items(await list('?title=none'))).toHaveLength(0)
    for (const query of [
      '?body=x',
      '?sort=body',
      '?sort=-title',
      '?after=x',
      '?before=x',
      '?count=1',
      '?title=a%00b',
    ]) {
      const refused = await world.expect(400, 'GET', `/articles${query}`)
      expect(refused.json.errors).toHaveLength(1)
    }
  })

  test('a cursor goes with its filter, its sort and its type', async () => {
    for (const title of ['a', 'a', 'b']) await make('ann', title)
    const page = await list('?limit=1&sort=title')
    const after = new URL(String(page.json['next']), 'http://x').searchParams.get('after') ?? ''
    await list(`?sort=title&after=${after}`)
    await list(`?limit=2&sort=title&before=${after}`)
    const forged = Buffer.from(
      JSON.stringify([JSON.parse(Buffer.from(after, 'base64url').toString())[0], 7, 'x']),
    ).toString('base64url')
    for (const query of [
      `?after=${after}`,
      `?sort=title&title=a&after=${after}`,
      `?sort=title&after=${forged}`,
      `?sort=title&after=${after}&before=${after}`,
    ]) {
      await world.expect(400, 'GET', `/articles${query}`)
    }
  })

  test('count on request only', async () => {
    for (const title of ['a', 'a', 'b']) await make('ann', title)
    expect((await list('?limit=1&count=true')).json['count']).toBe(3)
    expect((await list('?limit=1&title=a&count=true')).json['count']).toBe(2)
    expect((await list('?limit=1&count=false')).json).not.toHaveProperty('count')
  })

  test('the tag is weak and changes with the items, the query and what the caller sees', async () => {
    const made = await make('ann', 'a', { notes: 'hm' })
    const first = await list()
    const etag = first.fields['etag'] ?? ''
    await world.expect(304, 'GET', '/articles', { fields: { 'if-none-match': etag } })
    expect((await list('?limit=7')).fields['etag']).not.toBe(etag)
    const admin = await list('', 'root')
    expect(admin.fields['etag']).not.toBe(etag)
    expect(items(admin)[0]).toMatchObject({ notes: 'hm' })
    expect(items(first)[0]).not.toHaveProperty('notes')
    await world.expect(200, 'PATCH', `/articles/${String(made['id'])}`, { as: 'ann', json: { body: 'new' } })
    expect((await list()).fields['etag']).not.toBe(etag)
  })

  test('the tag changes when the way to the next page does, though no item of the page has', async () => {
    const last = await make('ann', 'a')
    await make('ann', 'b')
    const page = await list('?limit=1')
    await world.expect(204, 'DELETE', `/articles/${String(last['id'])}`, { as: 'ann' })
    const now = await list('?limit=1')
    expect([page, now].map(titles)).toEqual([['b'], ['b']])
    expect(now.json).not.toHaveProperty('next')
    expect(now.fields['etag']).not.toBe(page.fields['etag'])
  })

  test('the same rows are each caller’s own page, in whatever order they are asked for', async () => {
    await world.expect(201, 'POST', '/memos', { as: 'root', json: { text: 'x', remark: 'secret' } })
    const remark = async (as?: string) =>
      items(await world.expect(200, 'GET', '/memos', { as })).map((memo) => memo['remark'])
    for (const _ of ['written', 'kept']) {
      expect(await remark('root')).toEqual(['secret'])
      expect(await remark('ann')).toEqual([undefined])
      expect(await remark()).toEqual([undefined])
    }
    const count = async (query: string) => (await world.expect(200, 'GET', `/memos${query}`)).json['count']
    expect([await count('?count=true'), await count('?count=false'), await count('')]).toEqual([
      1,
      undefined,
      undefined,
    ])
  })

  describe('a rule is a filter', () => {
    test('owners see their own, roles see all, and nobody is refused for it', async () => {
      for (const as of ['ann', 'ann', 'bob']) await world.expect(201, 'POST', '/notes', { as, json: { text: as } })
      const seen = async (as: string, query = '') =>
        items(await world.expect(200, 'GET', `/notes${query}`, { as })).map(({ text }) => text)
      expect(await seen('ann')).toEqual(['ann', 'ann'])
      expect(await seen('root')).toEqual(['bob', 'ann', 'ann'])
      const bob = items(await world.expect(200, 'GET', '/notes', { as: 'bob' }))[0]?.['by']
      expect(await seen('ann', `?by=${String(bob)}`)).toEqual([])
      expect(await seen('root', `?by=${String(bob)}`)).toEqual(['bob'])
      const counted = await world.expect(200, 'GET', `/notes?count=true&by=${String(bob)}`, { as: 'ann' })
      expect(counted.json['count']).toBe(0)
      await world.expect(401, 'GET', '/notes')
      expect((await world.expect(200, 'GET', '/notes', { as: 'ann' })).fields['vary']).toMatch(/authorization/i)
    })

    test('a list for one role: 403 for the others', async () => {
      await world.expect(200, 'GET', '/users', { as: 'root' })
      await world.expect(403, 'GET', '/users', { as: 'ann' })
      await world.expect(401, 'GET', '/users')
    })
  })
})
