/** Actions and hooks: what the author does in the transaction of a write. */
import { expect, test } from 'vitest'
import { API } from './api.ts'
import { onStores } from './on-stores.ts'

onStores(API, (world) => {
  const make = async (as: string) =>
    (await world.expect(201, 'POST', '/articles', { as, json: { title: 'On time', body: 'It is late.' } })).fields[
      'location'
    ] ?? ''

  test('an action writes what it returns, with the version that was judged', async () => {
    const at = await make('ann')
    const before = await world.expect(200, 'GET', at)
    const published = await world.expect(200, 'POST', `${at}/publish`, { as: 'ann' })
    expect(published.json).toMatchObject({ draft: false })
    const now = await world.expect(200, 'GET', at)
    expect(now.json).toEqual(published.json)
    expect(now.fields['etag']).toBe(published.fields['etag'])
    expect(now.fields['etag']).not.toBe(before.fields['etag'])
  })

  test('409 when the state forbids it, 403 and 401 by its own rule, 412 for another version, 404 for none', async () => {
    const at = await make('ann')
    const { fields } = await world.expect(200, 'GET', at)
    await world.expect(401, 'POST', `${at}/publish`)
    await world.expect(403, 'POST', `${at}/publish`, { as: 'bob' })
    await world.expect(403, 'POST', `${at}/rename`, { as: 'root', json: { title: 'x' } })
    await world.expect(404, 'POST', '/articles/none/publish', { as: 'ann' })
    await world.expect(200, 'POST', `${at}/publish`, { as: 'ann', fields: { 'if-match': fields['etag'] ?? '' } })
    const again = await world.expect(409, 'POST', `${at}/publish`, { as: 'ann' })
    expect(again.json.errors).toMatchObject([{ code: 'published' }])
    await world.expect(412, 'POST', `${at}/rename`, {
      as: 'ann',
      json: { title: 'x' },
      fields: { 'if-match': fields['etag'] ?? '' },
    })
  })

  test('its content is checked; its outcomes are what it returns; check holds for what it changes', async () => {
    const at = await make('ann')
    const rename = (json: unknown) => world.ask('POST', `${at}/rename`, { as: 'ann', json })
    const wrong = await rename({ title: '' })
    expect([wrong.status, wrong.json.errors?.[0]?.['pointer']]).toEqual([400, '/title'])
    expect((await rename('text')).status).toBe(400)
    expect((await rename({ title: 'a\0' })).status).toBe(400)
    const reserved = await rename(JSON.parse('{"title":"","__proto__":{"a":1}}'))
    expect(reserved.json.errors?.map(({ pointer }) => pointer)).toEqual(['/__proto__', '/title'])
    expect((await rename({ title: 'taken' })).status).toBe(409)
    expect((await rename({ title: 'On time' })).json).toEqual({ same: true })
    expect((await rename({ title: 'It is late.' })).json.errors).toMatchObject([{ code: 'repeated' }])
    expect((await rename({ title: 'New' })).json).toMatchObject({ title: 'New' })
  })

  test('a required member of its input that is missing is told as one of an item (RFC 9110 §15.5.1)', async () => {
    const at = await make('ann')
    const empty = await world.expect(400, 'POST', `${at}/rename`, { as: 'ann', json: {} })
    expect(empty.json.errors).toEqual([{ pointer: '/title', detail: 'This member is required.', code: 'required' }])
    const job = await world.expect(201, 'POST', '/jobs', { as: 'ann', json: { name: 'one' } })
    const nested = await world.expect(400, 'POST', `${job.fields['location']}/plan`, { json: { steps: [{}], from: 1 } })
    expect(nested.json.errors).toMatchObject([
      { pointer: '/from', code: 'invalid' },
      { pointer: '/steps/0/what', code: 'required' },
    ])
    const either = await world.expect(400, 'POST', `${job.fields['location']}/plan`, { json: { steps: [] } })
    expect(either.json.errors).toEqual([{ pointer: '/from', detail: 'Say from or to.', code: 'invalid' }])
  })

  test('an action may delete', async () => {
    const at = await make('ann')
    await world.expect(204, 'POST', `${at}/discard`, { as: 'ann' })
    await world.expect(404, 'GET', at)
  })

  test('before hooks set what callers may not; after hooks write along; what they throw undoes the write', async () => {
    const put = (text: string, fields: Record<string, string>) =>
      world.ask('PUT', '/pages/one', { as: 'ann', json: { text }, fields })
    expect((await put('one', { 'if-none-match': '*' })).json).toMatchObject({ length: 3, edits: 0 })
    const log = await world.expect(200, 'GET', '/log')
    expect(log.json['items']).toMatchObject([{ line: 'PUT one' }])
    const etag = async () => (await world.expect(200, 'GET', '/pages/one')).fields['etag'] ?? ''
    expect((await put('stays', { 'if-match': await etag() })).json).toMatchObject({ length: 5, edits: 1 })
    const refused = await world.expect(500, 'DELETE', '/pages/one', { as: 'ann', fields: { 'if-match': await etag() } })
    expect(refused.text).not.toContain('it stays')
    expect((await put('goes', { 'if-match': await etag() })).json).toMatchObject({ edits: 2 })
    await world.expect(204, 'DELETE', '/pages/one', { as: 'ann', fields: { 'if-match': await etag() } })
  })

  test.each([
    ['created', 201, '/elsewhere'],
    ['changed', 200, undefined],
    ['deleted', 204, undefined],
    ['done', 200, undefined],
    ['accepted', 202, '/monitor'],
    ['seeOther', 303, '/there'],
    ['stale', 409, undefined],
    ['conflict', 409, undefined],
    ['invalid', 400, undefined],
  ])('%s: %i; what is refused leaves nothing behind', async (outcome, status, location) => {
    const at = (await world.expect(201, 'POST', '/jobs', { as: 'ann', json: { name: 'one' } })).fields['location'] ?? ''
    const acted = await world.expect(status, 'POST', `${at}/act`, { json: { outcome } })
    expect(acted.fields['location']).toBe(location)
    const log = (await world.expect(200, 'GET', '/log')).json['items'] as { line: string }[]
    expect(log.some(({ line }) => line === outcome)).toBe(status < 400)
  })

  test('hooks hold for what an action changes and deletes; one that writes to the item itself is answered with that', async () => {
    const at = (await world.expect(201, 'POST', '/jobs', { as: 'ann', json: { name: 'one' } })).fields['location'] ?? ''
    const act = await world.expect(200, 'POST', `${at}/act`, { json: { outcome: 'changed' } })
    expect(act.json).toMatchObject({ state: 'old', must: 'twice' })
    const read = await world.expect(200, 'GET', at)
    expect([read.json, read.fields['etag']]).toEqual([act.json, act.fields['etag']])
    await world.expect(204, 'POST', `${at}/act`, { json: { outcome: 'deleted' } })
    const log = (await world.expect(200, 'GET', '/log')).json['items'] as { line: string }[]
    expect(log.map(({ line }) => line)).toContain('deleted one')
  })

  test('L9 a reference to nothing is named beside whatever else is wrong', async () => {
    const task = (json: object) => world.ask('POST', '/tasks', { as: 'ann', json })
    const codes = async (json: object) => {
      const { status, json: problem } = await task(json)
      return [status, ...(problem.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)]
    }
    expect(await codes({ code: 'a' })).toEqual([201])
    expect(await codes({ code: 1, jobId: 'none' })).toEqual([400, '/code invalid', '/jobId dangling'])
    expect(await codes({ code: 'a', jobId: 'none' })).toEqual([409, '/code taken', '/jobId dangling'])
    expect(await codes({ code: 'b', jobId: 'none' })).toEqual([400, '/jobId dangling'])
  })

  test('RFC 9110 §15.5.10 where no content was sent none is wrong: the present state stands against it', async () => {
    const task = await world.expect(201, 'POST', '/tasks', { as: 'ann', json: { code: 'a' } })
    const codes = async (action: string, json?: object) => {
      const acted = await world.ask('POST', `${task.fields['location']}/${action}`, { ...(json && { json }) })
      return [acted.status, ...(acted.json.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)]
    }
    expect(await codes('lose')).toEqual([409, '/jobId dangling'])
    expect(await codes('shut')).toEqual([409, '/code shut'])
    expect(await codes('assign', { jobId: 'none' })).toEqual([400, '/jobId dangling'])
  })

  test('a value that is taken is named, whoever writes it', async () => {
    const [one] = [await world.expect(201, 'POST', '/jobs', { as: 'ann', json: { name: 'one' } })]
    await world.expect(201, 'POST', '/jobs', { as: 'ann', json: { name: 'two' } })
    const act = { json: { outcome: 'changed', name: 'two' } }
    const taken = await world.expect(409, 'POST', `${one.fields['location'] ?? ''}/act`, act)
    expect(taken.json.errors).toMatchObject([{ pointer: '/name', code: 'taken' }])
  })

  test('what perform or a hook returns that is no member is written nowhere: 500, and nothing is done', async () => {
    const job = { as: 'ann', json: { name: 'one' } }
    const at = (await world.expect(201, 'POST', '/jobs', job)).fields['location'] ?? ''
    await world.expect(500, 'POST', `${at}/mistype`, { as: 'ann' })
    await world.expect(500, 'POST', '/jobs', { as: 'ann', json: { name: 'mistyped' } })
    expect((await world.expect(200, 'GET', at)).json).toMatchObject({ state: 'new' })
    // The item as a whole may be returned, with what the server makes of it.
    await world.expect(200, 'POST', `${at}/renew`, { as: 'ann' })
  })

  test('a member that the server alone sets, and forgot: its fault, not the client’s', async () => {
    await world.expect(500, 'POST', '/faulty', { json: {} })
  })

  test('a reference to nothing that a hook makes: the same; one that the client makes is the client’s', async () => {
    await world.expect(500, 'POST', '/astray', { json: { text: 'astray' } })
    const at = (await world.expect(201, 'POST', '/astray', { json: { text: 'a' } })).fields['location'] ?? ''
    await world.expect(500, 'PATCH', at, { json: { text: 'astray' } })
    await world.expect(500, 'PUT', at, { json: { text: 'astray' } })
    // Nor is it named beside a value that is taken, which is what the client can mend.
    await world.expect(201, 'POST', '/astray', { json: { text: 'a', code: 'x' } })
    const taken = await world.expect(409, 'POST', '/astray', { json: { text: 'astray', code: 'x', taskId: 'none' } })
    expect(taken.json.errors).toMatchObject([
      { pointer: '/code', code: 'taken' },
      { pointer: '/taskId', code: 'dangling' },
    ])
    const own = await world.expect(400, 'PATCH', at, { json: { taskId: 'none' } })
    expect(own.json.errors).toMatchObject([{ pointer: '/taskId', code: 'dangling' }])
  })
})
