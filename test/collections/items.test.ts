/** One item: created, read, replaced, modified, deleted. */
import { describe, expect, test } from 'vitest'
import { API } from './api.ts'
import { onStores } from './on-stores.ts'

const ARTICLE = { title: 'On time', body: 'It is late.' }
const codes = (errors: readonly Record<string, string>[] | undefined) =>
  Object.fromEntries((errors ?? []).map(({ pointer, parameter, code }) => [pointer ?? parameter, code]))

onStores(API, (world) => {
  const make = async (as: string, json: object = ARTICLE) => {
    const made = await world.expect(201, 'POST', '/articles', { as, json })
    return { made, at: made.fields['location'] ?? '', item: made.json }
  }

  describe('a member that is not shown to whoever sends it', () => {
    test.each([
      ['PATCH', 'ann', { secret: 'none' }, { secret: 'some' }],
      ['PUT', 'ann', { ...ARTICLE, secret: 'none' }, { ...ARTICLE, secret: 'some' }],
      ['PATCH', 'ann', { notes: 'kept' }, { notes: 'other' }],
      ['PATCH', 'ann', { notes: null }, { notes: 'other' }],
    ])(
      '%s by %s: the stored value and another get the same answer, and a new version',
      async (method, as, ...guesses) => {
        for (const without of [false, true])
          for (const json of guesses) {
            const { at, item } = await make('ann', { ...ARTICLE, secret: 'none' })
            if (!without) await world.expect(200, 'PATCH', at, { as: 'root', json: { notes: 'kept' } })
            const before = await world.expect(200, 'GET', at)
            await world.expect(200, method, at, { as, json })
            const now = await world.expect(200, 'GET', at)
            expect(now.fields['etag']).not.toBe(before.fields['etag'])
            expect(now.json).toEqual({ ...item, updatedAt: expect.any(String) as string })
            expect(now.json['updatedAt']).not.toBe(before.json['updatedAt'])
          }
      },
    )

    test('who is shown it changes nothing by sending it back', async () => {
      const { at } = await make('ann', { ...ARTICLE, notes: 'kept' })
      const before = await world.expect(200, 'GET', at, { as: 'root' })
      await world.expect(200, 'PATCH', at, { as: 'root', json: { notes: 'kept' } })
      expect((await world.expect(200, 'GET', at, { as: 'root' })).fields['etag']).toBe(before.fields['etag'])
    })

    test('an action that sets what is set already makes no version', async () => {
      const { at } = await make('ann')
      await world.expect(200, 'POST', `${at}/publish`, { as: 'ann' })
      const before = await world.expect(200, 'GET', at)
      await world.expect(200, 'POST', `${at}/rename`, { as: 'ann', json: { title: ARTICLE.title } })
      expect((await world.expect(200, 'GET', at)).fields['etag']).toBe(before.fields['etag'])
    })
  })

  describe('create', () => {
    test('201 with address, validators and defaults (RFC 9110 §15.3.2)', async () => {
      const { made, at, item } = await make('ann')
      expect(item).toMatchObject({ ...ARTICLE, subtitle: null, tags: [], draft: true, rank: 0 })
      expect(at).toBe(`/articles/${String(item['id'])}`)
      expect(item['createdAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(item['updatedAt']).toBe(item['createdAt'])
      expect(made.fields['etag']).toMatch(/^"[^"]+"$/)
      expect(made.fields['last-modified']).toMatch(/ GMT$/)
      const read = await world.expect(200, 'GET', at)
      expect(read.json).toEqual(item)
      expect(read.fields['etag']).toBe(made.fields['etag'])
      expect(read.fields['last-modified']).toBe(made.fields['last-modified'])
    })

    test('the owner is the caller; only an admin names another', async () => {
      const { item } = await make('ann')
      const bob = (await make('bob')).item['authorId']
      expect(bob).not.toBe(item['authorId'])
      const other = await world.expect(403, 'POST', '/articles', { as: 'ann', json: { ...ARTICLE, authorId: bob } })
      expect(codes(other.json.errors)).toEqual({ '/authorId': 'not_allowed' })
      await make('bob', { ...ARTICLE, authorId: bob })
      expect((await make('root', { ...ARTICLE, authorId: bob })).item['authorId']).toBe(bob)
    })

    test('every wrong member at once, and no value repeated', async () => {
      const json = {
        title: '',
        slug: 'a\0b',
        tags: ['fine', 7],
        draft: true,
        id: 'mine',
        wrong: 1,
        'a/b~': 2,
        subtitle: 'x\ud800',
      }
      const { errors } = (await world.expect(400, 'POST', '/articles', { as: 'ann', json })).json
      expect(codes(errors)).toEqual({
        '/title': 'invalid',
        '/body': 'required',
        '/slug': 'invalid',
        '/tags/1': 'invalid',
        '/id': 'read_only',
        '/wrong': 'unknown_member',
        '/a~1b~0': 'unknown_member',
        '/subtitle': 'invalid',
      })
      for (const { detail } of errors ?? []) expect(detail).toMatch(/^[A-Z].*\.$/)
    })

    test.each([[[1]], ['text'], [null], [7]])('content that is no object: %j', async (json) => {
      const { errors } = (await world.expect(400, 'POST', '/articles', { as: 'ann', json })).json
      expect(codes(errors)).toEqual({ '': 'invalid' })
    })

    test('a member for one role: left out or as it would be, by anyone; else 403 that names it', async () => {
      await make('ann', { ...ARTICLE, rank: 0 })
      const refused = await world.expect(403, 'POST', '/articles', { as: 'ann', json: { ...ARTICLE, rank: 1 } })
      expect(codes(refused.json.errors)).toEqual({ '/rank': 'not_allowed' })
      expect((await make('root', { ...ARTICLE, rank: 1 })).item['rank']).toBe(1)
    })

    test('409 names every member that is taken, folded or not', async () => {
      await make('ann', { ...ARTICLE, slug: 'one' })
      const taken = await world.expect(409, 'POST', '/articles', { as: 'bob', json: { ...ARTICLE, slug: 'one' } })
      expect(codes(taken.json.errors)).toEqual({ '/slug': 'taken' })
      await make('ann')
      await make('ann')
      const both = await world.expect(409, 'POST', '/users', { json: { email: 'ANN@X.org', username: 'bob' } })
      expect(codes(both.json.errors)).toEqual({ '/email': 'taken', '/username': 'taken' })
    })

    test('a reference to nothing is named', async () => {
      const wrong = await world.expect(400, 'POST', '/notes', { as: 'ann', json: { text: 'x', articleId: 'none' } })
      expect(codes(wrong.json.errors)).toEqual({ '/articleId': 'dangling' })
    })

    test('what the item as a whole must be is asked too', async () => {
      const wrong = await world.expect(400, 'POST', '/articles', { as: 'ann', json: { title: 'a', body: 'a' } })
      expect(codes(wrong.json.errors)).toEqual({ '/body': 'repeated' })
    })

    test('return=minimal: 201 and the address, nothing more (RFC 7240 §4.2)', async () => {
      const made = await world.expect(201, 'POST', '/articles', {
        as: 'ann',
        json: ARTICLE,
        fields: { prefer: 'return=minimal' },
      })
      expect(made.text).toBe('')
      const read = await world.expect(200, 'GET', made.fields['location'] ?? '')
      expect(made.fields['etag']).toBe(read.fields['etag'])
    })
  })

  describe('read', () => {
    test('304 by tag and by date, 404 for an unknown id', async () => {
      const { at, made } = await make('ann')
      const etag = made.fields['etag'] ?? ''
      expect((await world.expect(304, 'GET', at, { fields: { 'if-none-match': etag } })).text).toBe('')
      await world.expect(304, 'GET', at, { fields: { 'if-modified-since': made.fields['last-modified'] ?? '' } })
      await world.expect(200, 'GET', at)
      await world.expect(304, 'GET', at, { fields: { 'if-none-match': etag } })
      await world.expect(404, 'GET', '/articles/none')
      await world.expect(404, 'GET', '/articles/none', { fields: { 'if-none-match': etag } })
    })

    test('members for one role are another variant, with another tag', async () => {
      const { at } = await make('ann', { ...ARTICLE, notes: 'hm' })
      const [open, admin] = [await world.expect(200, 'GET', at), await world.expect(200, 'GET', at, { as: 'root' })]
      expect(open.json).not.toHaveProperty('notes')
      expect(admin.json).toMatchObject({ notes: 'hm' })
      expect(open.fields['etag']).not.toBe(admin.fields['etag'])
      expect(open.fields['vary']).toMatch(/authorization/i)
      await world.expect(200, 'GET', at, { fields: { 'if-none-match': admin.fields['etag'] ?? '' } })
      await world.expect(304, 'GET', at, { as: 'root', fields: { 'if-none-match': admin.fields['etag'] ?? '' } })
    })

    test('self is decided from the path: 403 whether or not that account exists', async () => {
      const list = await world.expect(200, 'GET', '/users', { as: 'root' })
      const ann = (list.json['items'] as { id: string; username: string }[]).find(({ username }) => username === 'ann')
      await world.expect(200, 'GET', `/users/${ann?.id}`, { as: 'ann' })
      await world.expect(403, 'GET', `/users/${ann?.id}`, { as: 'bob' })
      await world.expect(403, 'GET', '/users/none', { as: 'bob' })
      await world.expect(404, 'GET', '/users/none', { as: 'root' })
      await world.expect(401, 'GET', `/users/${ann?.id}`)
    })

    test('a rule that hides: 404, the same as for what is not there', async () => {
      const made = await world.expect(201, 'POST', '/notes', { as: 'ann', json: { text: 'x' } })
      const at = made.fields['location'] ?? ''
      await world.expect(200, 'GET', at, { as: 'ann' })
      const hidden = await world.expect(404, 'GET', at, { as: 'bob' })
      const missing = await world.expect(404, 'GET', '/notes/none', { as: 'bob' })
      expect(hidden.json['detail']).toBe(missing.json['detail'])
      await world.expect(404, 'DELETE', at, { as: 'bob' })
      await world.expect(403, 'DELETE', at, { as: 'root' })
      await world.expect(401, 'GET', at)
    })

    test('what is hidden cannot be referred to: the same answer as for a reference to nothing', async () => {
      const noteOf = async (as: string) => {
        const made = await world.expect(201, 'POST', '/notes', { as, json: { text: 'x' } })
        return String(made.json['id'])
      }
      const [anns, bobs] = [await noteOf('ann'), await noteOf('bob')]
      const refusal = async (note: string, as?: string, more: object = {}) => {
        const { json } = await world.expect(400, 'POST', '/replies', { as, json: { text: 'y', note, ...more } })
        return { detail: json['detail'], errors: json.errors }
      }
      await world.expect(201, 'POST', '/replies', { as: 'root', json: { text: 'y', note: anns, code: 'taken' } })
      for (const as of ['bob', undefined])
        for (const more of [{}, { text: '' }, { code: 'taken' }]) {
          const refused = await refusal(anns, as, more)
          expect(codes(refused.errors)).toMatchObject({ '/note': 'dangling' })
          expect(refused).toEqual(await refusal('none', as, more))
        }
      const { json } = await world.expect(201, 'POST', '/replies', { as: 'bob', json: { text: 'y', note: bobs } })
      const at = `/replies/${String(json['id'])}`
      await world.expect(400, 'PATCH', at, { as: 'bob', json: { note: anns } })
      await world.expect(400, 'PUT', at, { as: 'bob', json: { text: 'y', note: anns } })
      await world.expect(200, 'PATCH', at, { as: 'ann', json: { note: anns } })
    })

    test('a rule that is a function sees the item; an unknown caller is asked to sign in', async () => {
      const at = '/pages/short'
      const fields = { 'if-none-match': '*' }
      await world.expect(201, 'PUT', at, { as: 'ann', json: { text: 'short' }, fields })
      await world.expect(201, 'PUT', '/pages/long', { as: 'ann', json: { text: 'x'.repeat(100) }, fields })
      await world.expect(200, 'GET', at)
      await world.expect(401, 'GET', '/pages/long')
      await world.expect(200, 'GET', '/pages/long', { as: 'bob' })
    })
  })

  describe('replace (RFC 9110 §9.3.4)', () => {
    test('200 without validators; what is left out goes, or is missed', async () => {
      const { at } = await make('ann', { ...ARTICLE, slug: 's', tags: ['a'], meta: { a: 1 } })
      const put = await world.expect(200, 'PUT', at, { as: 'ann', json: { title: 'New', body: 'B' } })
      expect(put.fields).not.toHaveProperty('etag')
      expect(put.fields).not.toHaveProperty('last-modified')
      expect(put.json).toMatchObject({ title: 'New', body: 'B', tags: ['a'] })
      expect(put.json).not.toHaveProperty('slug')
      expect(put.json).not.toHaveProperty('meta')
      expect((await world.expect(200, 'GET', at)).json).toEqual(put.json)
      const missed = await world.expect(400, 'PUT', at, { as: 'ann', json: { body: 'B' } })
      expect(codes(missed.json.errors)).toEqual({ '/title': 'required' })
    })

    test('what the caller may not set, or cannot see, stays', async () => {
      const { at } = await make('root', { ...ARTICLE, rank: 5, notes: 'hm', secret: 's3' })
      const id = at.split('/').at(-1) ?? ''
      const author = (await make('ann')).item['authorId']
      await world.expect(200, 'PATCH', at, { as: 'root', json: { authorId: author } })
      await world.expect(200, 'PUT', at, { as: 'ann', json: { title: 'New', body: 'B' } })
      const row = await world.store.read('articles', id)
      expect(row?.values).toMatchObject({ rank: 5, notes: 'hm', secret: 's3', authorId: author, draft: true })
    })

    test('an admin who leaves out a role does not reset it', async () => {
      const list = await world.expect(200, 'GET', '/users', { as: 'root' })
      const root = (list.json['items'] as { id: string; role: string }[]).find(({ role }) => role === 'admin')
      const json = { email: 'root@x.org', username: 'groot' }
      expect((await world.expect(200, 'PUT', `/users/${root?.id}`, { as: 'root', json })).json['role']).toBe('admin')
    })

    test('412 for another version, 404 for none, 409 for a value that is taken', async () => {
      const { at, made } = await make('ann')
      await make('ann', { ...ARTICLE, slug: 'one' })
      await world.expect(200, 'PUT', at, { as: 'ann', json: { title: 'New', body: 'B' } })
      const fields = { 'if-match': made.fields['etag'] ?? '' }
      await world.expect(412, 'PUT', at, { as: 'ann', json: ARTICLE, fields })
      await world.expect(404, 'PUT', '/articles/none', { as: 'ann', json: ARTICLE })
      await world.expect(409, 'PUT', at, { as: 'ann', json: { ...ARTICLE, slug: 'one' } })
      await world.expect(403, 'PUT', at, { as: 'bob', json: ARTICLE })
      await world.expect(401, 'PUT', at, { json: ARTICLE })
    })

    test('the same content again changes nothing, the version neither', async () => {
      const { at, made, item } = await make('ann')
      await world.expect(200, 'PUT', at, { as: 'ann', json: item })
      expect((await world.expect(200, 'GET', at)).fields['etag']).toBe(made.fields['etag'])
    })

    test('return=minimal: 204', async () => {
      const { at } = await make('ann')
      const put = await world.expect(204, 'PUT', at, { as: 'ann', json: ARTICLE, fields: { prefer: 'return=minimal' } })
      expect(put.text).toBe('')
    })

    test('PUT creates where it is declared, under the id of the path', async () => {
      const put = (target: string, json: object, fields?: Record<string, string>) =>
        world.ask('PUT', target, { as: 'ann', json, ...(fields === undefined ? {} : { fields }) })
      const made = await put('/pages/a.b~c', { text: 'abc', id: 'a.b~c' }, { 'if-none-match': '*' })
      expect([made.status, made.json['id'], made.json['length']]).toEqual([201, 'a.b~c', 3])
      expect(made.fields).not.toHaveProperty('etag')
      expect((await put('/pages/a.b~c', { text: 'x' }, { 'if-none-match': '*' })).status).toBe(412)
      expect((await put('/pages/a.b~c', { text: 'x' })).json).toMatchObject({
        status: 428,
        detail: expect.stringMatching(/ in If-Match\.$/),
      })
      expect((await put('/pages/new', { text: 'x' })).json).toMatchObject({
        status: 428,
        detail: expect.stringMatching(/ If-None-Match: \*\.$/),
      })
      const etag = (await world.expect(200, 'GET', '/pages/a.b~c')).fields['etag'] ?? ''
      const changed = await put('/pages/a.b~c', { text: 'x' }, { 'if-match': etag })
      expect([changed.status, changed.json['length'], changed.json['edits']]).toEqual([200, 1, 1])
      expect((await put('/pages/a%20b', { text: 'x' }, { 'if-none-match': '*' })).status).toBe(400)
    })
  })

  describe('modify (RFC 7396)', () => {
    test('both media types; only what is sent changes; validators are sent', async () => {
      const { at, item } = await make('ann', { ...ARTICLE, meta: { a: 1, b: { c: 2, d: 3 } } })
      const json = { title: 'New', meta: { a: null, b: { c: 4 } } }
      const patched = await world.expect(200, 'PATCH', at, { as: 'ann', json, type: 'application/merge-patch+json' })
      expect(patched.json).toEqual({
        ...item,
        title: 'New',
        meta: { b: { c: 4, d: 3 } },
        updatedAt: patched.json['updatedAt'],
      })
      expect(patched.fields['etag']).toBe((await world.expect(200, 'GET', at)).fields['etag'])
      await world.expect(200, 'PATCH', at, { as: 'ann', json: { body: 'x' } })
      await world.expect(415, 'PATCH', at, { as: 'ann', json: {}, type: 'text/plain' })
    })

    test('null takes an optional member away, is null where null may be, and is refused elsewhere', async () => {
      const { at } = await make('ann', { ...ARTICLE, slug: 's', subtitle: 'sub' })
      const patched = await world.expect(200, 'PATCH', at, { as: 'ann', json: { slug: null, subtitle: null } })
      expect(patched.json).not.toHaveProperty('slug')
      expect(patched.json['subtitle']).toBe(null)
      const refused = await world.expect(400, 'PATCH', at, { as: 'ann', json: { title: null, tags: null, meta: null } })
      expect(codes(refused.json.errors)).toEqual({ '/title': 'required', '/tags': 'required' })
    })

    test('read-only members 400, members of others 403, unless they are as stored', async () => {
      const { at, item } = await make('ann')
      const readOnly = await world.expect(400, 'PATCH', at, {
        as: 'ann',
        json: { draft: false, id: 'x', createdAt: '2020-01-01T00:00:00.000Z', updatedAt: 'x' },
      })
      expect(codes(readOnly.json.errors)).toEqual({
        '/draft': 'read_only',
        '/id': 'read_only',
        '/createdAt': 'read_only',
        '/updatedAt': 'read_only',
      })
      const others = await world.expect(403, 'PATCH', at, { as: 'ann', json: { rank: 3, authorId: 'x' } })
      expect(codes(others.json.errors)).toEqual({ '/rank': 'not_allowed', '/authorId': 'not_allowed' })
      await world.expect(200, 'PATCH', at, { as: 'ann', json: item })
    })

    test('return=minimal: 204, and the tag of what is stored now (RFC 9110 §15.3.5)', async () => {
      const { at } = await make('ann')
      const fields = { prefer: 'return=minimal' }
      const patched = await world.expect(204, 'PATCH', at, { as: 'ann', json: { title: 'New' }, fields })
      expect([patched.text, patched.fields['content-type']]).toEqual(['', undefined])
      expect(patched.fields['etag']).toBe((await world.expect(200, 'GET', at)).fields['etag'])
    })

    test('a password is taken, never shown, and signs in', async () => {
      const json = { email: 'new@x.org', username: 'new', password: 'correct horse' }
      const made = await world.expect(201, 'POST', '/users', { json })
      expect(made.text).not.toContain('password')
      const at = made.fields['location'] ?? ''
      const signIn = (password: string) => world.ask('POST', '/session', { json: { email: 'new@x.org', password } })
      const session = await signIn('correct horse')
      expect(session.status).toBe(201)
      const as = String(session.json['token'])
      const short = await world.expect(400, 'PATCH', at, { as, json: { password: 'short', username: 'x' } })
      expect(codes(short.json.errors)).toEqual({ '/password': 'invalid', '/username': 'invalid' })
      const other = await world.expect(403, 'PATCH', at, { as: 'bob', json: { password: 'battery staple' } })
      expect(other.json['status']).toBe(403)
      await world.expect(200, 'PATCH', at, { as, json: { password: 'battery staple' } })
      expect((await signIn('correct horse')).status).toBe(401)
      expect((await signIn('battery staple')).status).toBe(201)
    })

    test('a member that the caller cannot see cannot be guessed', async () => {
      const { at } = await make('ann', { ...ARTICLE, secret: 'right' })
      const before = (await world.expect(200, 'GET', at)).fields['etag']
      await world.expect(200, 'PATCH', at, { as: 'ann', json: { secret: 'wrong' } })
      expect((await world.expect(200, 'GET', at)).fields['etag']).not.toBe(before)
    })
  })

  describe('delete', () => {
    test('204, then 404; 412 for another version; 403 for others', async () => {
      const { at, made } = await make('ann')
      await world.expect(401, 'DELETE', at)
      await world.expect(403, 'DELETE', at, { as: 'bob' })
      await world.expect(200, 'PATCH', at, { as: 'ann', json: { title: 'New' } })
      await world.expect(412, 'DELETE', at, { as: 'ann', fields: { 'if-match': made.fields['etag'] ?? '' } })
      expect((await world.expect(204, 'DELETE', at, { as: 'ann' })).text).toBe('')
      await world.expect(404, 'DELETE', at, { as: 'ann' })
      await world.expect(404, 'GET', at)
    })

    test('409 while others refer to it', async () => {
      const { at, item } = await make('ann')
      await world.expect(201, 'POST', '/notes', { as: 'bob', json: { text: 'x', articleId: item['id'] } })
      const refused = await world.expect(409, 'DELETE', at, { as: 'ann' })
      expect(refused.json.errors).toEqual([
        { pointer: '', detail: 'Items of notes still refer to this one.', code: 'in_use' },
      ])
    })
  })
})
