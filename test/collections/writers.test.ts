/** Many writers at once: no update is lost, no two items have the same unique value. */
import { expect, test } from 'vitest'
import { API } from './api.ts'
import { onStores } from './on-stores.ts'

onStores(API, (world) => {
  const make = async () =>
    (await world.expect(201, 'POST', '/articles', { as: 'ann', json: { title: '0', body: 'text' } })).fields[
      'location'
    ] ?? ''
  const count = (statuses: readonly number[]) =>
    Object.fromEntries(
      [...new Set(statuses)].toSorted().map((status) => [status, statuses.filter((one) => one === status).length]),
    )

  test('100 writers with the same tag: one wins, the others get 412 (RFC 9110 §13.1.1)', async () => {
    const at = await make()
    const etag = (await world.expect(200, 'GET', at)).fields['etag'] ?? ''
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        world.ask('PATCH', at, { as: 'ann', json: { title: `by ${n}` }, fields: { 'if-match': etag } }),
      ),
    )
    expect(count(answers.map(({ status }) => status))).toEqual({ 200: 1, 412: 99 })
    const winner = answers.findIndex(({ status }) => status === 200)
    expect((await world.expect(200, 'GET', at)).json['title']).toBe(`by ${winner}`)
  })

  test('who changes nothing is judged by the version as well: the item may no longer be what they saw', async () => {
    const at = await make()
    const fields = { 'if-match': (await world.expect(200, 'GET', at)).fields['etag'] ?? '' }
    const write = (title: string) => world.ask('PATCH', at, { as: 'ann', json: { title }, fields })
    const answers = await Promise.all([write('new'), write('0')])
    expect(answers.map(({ status }) => status)).toEqual([200, 412])
  })

  test('50 sign-ups with one address: one is made', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        world.ask('POST', '/users', { json: { email: n % 2 === 0 ? 'new@x.org' : 'NEW@x.org', username: `new${n}` } }),
      ),
    )
    expect(count(answers.map(({ status }) => status))).toEqual({ 201: 1, 409: 49 })
  })

  test('without a precondition every write is applied to the item that was judged, or to none', async () => {
    const at = await make()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => world.ask('POST', `${at}/append`, { as: 'ann', json: { text: `${n};` } })),
    )
    const done = answers.filter(({ status }) => status === 200).length
    expect(done).toBeGreaterThan(0)
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
    const tags = (await world.expect(200, 'GET', at)).json['tags'] as string[]
    expect(new Set(tags).size).toBe(tags.length)
    expect(tags).toHaveLength(done)
  })

  test('who loses the item meanwhile changes nothing', async () => {
    const at = await make()
    const bob = (await world.expect(201, 'POST', '/articles', { as: 'bob', json: { title: 'x', body: 'text' } })).json[
      'authorId'
    ]
    const [given, ...late] = await Promise.all([
      world.ask('PATCH', at, { as: 'root', json: { authorId: bob } }),
      ...Array.from({ length: 5 }, () => world.ask('PATCH', at, { as: 'ann', json: { title: 'late' } })),
    ])
    expect(given?.status).toBe(200)
    expect(count(late.map(({ status }) => status))).toEqual({ 403: 5 })
  })

  test('deleted meanwhile: 404', async () => {
    const at = await make()
    const [gone, ...late] = await Promise.all([
      world.ask('DELETE', at, { as: 'ann' }),
      world.ask('DELETE', at, { as: 'ann' }),
      world.ask('PATCH', at, { as: 'ann', json: { title: 'late' } }),
      world.ask('POST', `${at}/publish`, { as: 'ann' }),
    ])
    expect(gone?.status).toBe(204)
    expect(late.map(({ status }) => status)).toEqual([404, 404, 404])
  })

  test('two PUTs that would create the same item: one creates, the other is judged again', async () => {
    const put = (text: string) =>
      world.ask('PUT', '/pages/one', { as: 'ann', json: { text }, fields: { 'if-none-match': '*' } })
    const answers = await Promise.all([put('a'), put('b'), put('c')])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 412, 412])
  })
})
