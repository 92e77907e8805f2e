import { afterAll, beforeAll, expect, test } from 'vitest'
import { library } from './apis/library.ts'
import { start, startNewsroom, type Started } from './start.ts'
import { send } from './wire.ts'

let server: Started
beforeAll(async () => {
  server = await startNewsroom()
})
afterAll(() => server.stop())

test('the page at / has the ten codes in order, and each link gives the code beside it', async () => {
  const { content } = await send(server.port, 'GET', '/', { fields: { Accept: 'text/html' } })
  const rows = [...content.matchAll(/<tr><th>(\d{3})<\/th>.*?<\/tr>/g)]
  expect(rows.map(([, code]) => code)).toEqual(['200', '201', '204', '304', '400', '401', '403', '404', '409', '500'])
  const linked = rows.flatMap(([row, code]) => {
    const target = /href="([^"]+)"/.exec(row)?.[1]
    return target === undefined ? [] : [[code, target] as const]
  })
  expect(linked.map(([code]) => code)).toEqual(['200', '400', '401', '404'])
  const said = Object.fromEntries(rows.map(([row, code]) => [code, row.replace(/<[^>]+>/g, '')]))
  expect([said['304'], said['204']]).toEqual([
    expect.stringMatching(/GET \/articles with If-None-Match$/),
    expect.stringMatching(/DELETE /),
  ])
  for (const [code, target] of linked) expect(String((await send(server.port, 'GET', target)).status)).toBe(code)
})

test('what gives a 304 is something that has a version, whatever is declared before it', async () => {
  const { declaration } = library
  const { detour, catalogue } = declaration.resources
  const small = await start({
    ...library,
    declaration: { ...declaration, resources: { detour, catalogue, users: declaration.resources['users'] } },
  } as typeof library)
  const { content } = await send(small.port, 'GET', '/', { fields: { Accept: 'text/html' } })
  await small.stop()
  const [row = ''] = /<tr><th>304<.*?<\/tr>/.exec(content) ?? []
  expect(row.replace(/<[^>]+>/g, '')).toMatch(/GET \/catalogue with If-None-Match$/)
})
